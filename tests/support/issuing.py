"""A kind of document for tests, with a drawing of its own: what a service brings."""

from app.documents.issued import marks
from app.documents.paper import Paper
from models.casework.issued import kinds
from models.casework.issued.actions import Order
from models.casework.issued.kinds import DocumentKind, Drawing, Words
from models.kernel.subject import Subject

KIND = DocumentKind(
    name="test_attestation",
    prefix="TST",
    title=Words("Attestation d’essai", "Test attestation", "Certificado de prueba"),
    administration="DGCCRF",
    shown={"products": Words("Produits", "Products", "Productos")},
    names_holder=True,
)
AUTHORITY = "DDPP du Finistère"
SECRET = "Lise Kerdrel"
"""A person, in the contents: never on a public page."""


def draw(drawing: Drawing) -> bytes:
    """A page with its contents, and what every document bears."""
    page = Paper("Attestation d’essai", drawing.number, drawing.issued_at)
    page.add_page()
    marks.head(page, drawing, KIND.administration)
    for name, value in drawing.contents.items():
        page.say(f"{name}: {value}")
    marks.seal_words(page, drawing)
    marks.code(page, drawing, "passavant.example")
    return bytes(page.output())


def register() -> None:
    """Have it issued and drawn in this process."""
    kinds.register(KIND)
    kinds.drawn_by(KIND.name, draw)


def order(key: str = "CTX-7K4Q2", version: int = 1, replaces: str = "") -> Order:
    """An order of a document about the subject of that key."""
    return Order(
        kind=KIND.name,
        subject=Subject("test_request", key),
        authority=AUTHORITY,
        contents={"products": "Galettes pur beurre, 300 kg", "signed_by": SECRET},
        version=version,
        destination="NG",
        holder="Biscuiterie Tréanna",
        siren="934217608",
        replaces=replaces,
    )

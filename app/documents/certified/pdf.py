"""The part of the certified copy that people read: one PDF, in French, dated (SES-52, SES-50)."""

from datetime import datetime

from app.documents.certified.content import Copy
from app.documents.paper import Paper
from models.border.passage.words import state_words
from models.journal.canonical import digest
from models.journal.kinds import label_of
from models.journal.sealing.keys import Signer
from models.kernel import french
from state.border.file_view import keys, summary
from state.border.timeline import timeline


def write(copy: Copy, signer: Signer) -> bytes:
    """The document; A4, tagged as French, its text searchable."""
    title = f"Copie certifiée de l’envoi {copy.reference}"
    page = Paper(title, f"{title}, établie le {_when(copy)}", copy.made_at)
    page.add_page()
    _opening(page, copy)
    _history(page, copy)
    _messages(page, copy)
    _records(page, copy)
    _proof(page, copy, signer)
    return bytes(page.output())


def _opening(page: Paper, copy: Copy) -> None:
    consignment = copy.detail.consignment
    page.title_of("Copie certifiée", 20)
    page.title_of(f"{consignment.title} · {consignment.reference}")
    page.say(", ".join(summary(copy.detail)))
    page.say(f"État au {_when(copy)}\u00a0: {state_words(consignment.state, consignment.action).lower()}.")
    page.ln(2)
    page.rows(("Référence", "Valeur"), (1, 3), ((key.label, key.value) for key in keys(copy.detail)))


def _history(page: Paper, copy: Copy) -> None:
    page.title_of("Historique des contrôles et de la douane")
    page.rows(
        ("Étape", "Autorité", "Date", "Résultat", "Ce qui s’est passé"),
        (22, 14, 22, 16, 40),
        (
            (event.label, event.authority, event.time or "Non connue", event.result_label, event.fact)
            for event in timeline(copy.detail, copy.made_at)
        ),
    )


def _messages(page: Paper, copy: Copy) -> None:
    page.title_of("Messages reçus")
    if not copy.messages:
        page.say("Aucun message ne peut vous être communiqué pour cet envoi.")
        return
    page.rows(
        ("Message", "Reçu le", "Empreinte SHA-256"),
        (24, 20, 70),
        ((document.title, _moment(document.received_at), digest(body)) for document, body in copy.messages),
    )


def _records(page: Paper, copy: Copy) -> None:
    page.title_of("Enregistrements du journal")
    page.say(
        "Le portail note chaque fait une fois, dans l’ordre, et ne le modifie jamais. L’empreinte ci-dessous "
        "est celle de la feuille de l’arbre de Merkle (RFC 6962) scellée."
    )
    page.ln(2)
    page.rows(
        ("N°", "Noté le", "Fait", "Sceau", "Empreinte"),
        (10, 22, 28, 9, 66),
        (
            (
                str(proof.entry.seq),
                _moment(proof.entry.at),
                label_of(proof.entry.kind),
                str(proof.batch),
                proof.digest,
            )
            for proof in copy.records.proofs
        ),
    )
    if copy.records.withheld:
        page.say("D’autres enregistrements datent d’un temps où l’envoi ne relevait pas de vous.")


def _proof(page: Paper, copy: Copy, signer: Signer) -> None:
    newest = copy.records.seals[-1]
    page.title_of("Ce qui le prouve")
    first, last = copy.records.seals[0].batch, newest.batch
    under = f"le sceau n° {last}" if first == last else f"les sceaux chaînés n° {first} à n° {last}"
    page.say(
        f"Ces enregistrements sont sous {under}, du {_moment(newest.sealed_at)}. "
        "Le fichier LISEZ-MOI.txt de l’archive dit comment le vérifier soi-même, avec des outils publics. "
        "C’est l’archive qui fait foi\u00a0: ce document seul, imprimé, ne prouve rien."
    )
    page.ln(2)
    page.rows(
        ("Clé publique", "Empreinte SHA-256 de cle-publique.pem"),
        (1, 3),
        [(signer.name, digest(signer.public))],
    )


def _when(copy: Copy) -> str:
    return f"{_moment(copy.made_at)} (heure de Paris)"


def _moment(at: datetime) -> str:
    return f"{french.day(at)}, {french.hour(at)}"

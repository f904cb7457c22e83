"""What the tests of sign-up and of one's own account fill in, and what they read of the answers."""

from httpx import AsyncClient, Response

from models.identity.access.cookies import FLASH_COOKIE, SESSION_COOKIE, Flash, read_flash_cookie

NEW = "maelle@kerdrel.example"
OTHER = "autre@kerdrel.example"
CHOSEN = "Quai-3-froid-2026"
FORM = {"name": "Maëlle Kerdrel", "email": NEW, "siren": "912 345 675"}
PATHS = (
    "/compte/inscription", "/compte/lien", "/compte/mot-de-passe", "/compte/adresse", "/profil/mot-de-passe",
    "/profil/adresse", "/cgu/acceptation", "/compte/annuler", "/session/second", "/session/second/perdu",
    "/profil/second-facteur/cle", "/profil/second-facteur/application", "/profil/second-facteur/confirmer",
    "/profil/second-facteur/retirer", "/profil/second-facteur/codes",
)  # fmt: skip


def flash(response: Response) -> Flash:
    header = "; ".join(
        one.split(";")[0] for one in response.headers.get_list("set-cookie") if one.startswith(FLASH_COOKIE)
    )
    found = read_flash_cookie(header)
    assert found is not None
    return found


async def set_password(client: AsyncClient, token: str, password: str = CHOSEN) -> Response:
    return await client.post("/compte/mot-de-passe", data={"token": token, "password": password})


async def sign_in(client: AsyncClient, email: str, password: str) -> Response:
    return await client.post("/session", data={"email": email, "password": password})


def is_in(response: Response) -> bool:
    return SESSION_COOKIE in str(response.headers.get_list("set-cookie"))

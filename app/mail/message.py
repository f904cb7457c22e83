"""A letter as an e-mail message: text, and the same in HTML."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from models.identity.letters.parts import Letter
from models.kernel.french import local, typeset
from models.kernel.settings.portal import Settings

_SIGNED = (
    "Passavant, le guichet unique du passage aux frontières",
    "Message automatique\u00a0: n’y répondez pas.",
)
_LINK = "Si le bouton ne marche pas, copiez cette adresse dans votre navigateur\u00a0:"


def compose(letter: Letter, *, id_: str, to: str, at: datetime, set_: Settings) -> EmailMessage:
    """The message that leaves at `at`; the same `id_` gives the same Message-ID."""
    message = EmailMessage(policy=SMTP)
    message["From"] = set_.mail_sender
    message["To"] = to
    message["Subject"] = typeset(letter.subject)
    message["Date"] = format_datetime(local(at))
    message["Message-ID"] = f"<{id_}@{set_.mail_domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "fr"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_text(letter), cte="quoted-printable")
    message.add_alternative(_html(letter), subtype="html", cte="quoted-printable")
    return message


def _text(letter: Letter) -> str:
    button = (f"{letter.button}\u00a0:\n{letter.address}",) if letter.button else ()
    parts = (*letter.before, *button, *letter.after, "-- \n" + "\n".join(_SIGNED))
    return "\n\n".join(_typeset(part) for part in parts) + "\n"


def _typeset(text: str) -> str:
    """Addresses stay as they are: `typeset` touches only a space before a sign."""
    return "\n".join(typeset(line) if line != "-- " else line for line in text.split("\n"))


def _html(letter: Letter) -> str:
    """Plain and light: styles stand in the elements, no image, nothing fetched."""
    body = "".join(_paragraph(paragraph) for paragraph in letter.before)
    if letter.button:
        body += (
            f'<p style="margin:24px 0"><a href="{escape(letter.address)}" style="display:inline-block;'
            "padding:12px 20px;border-radius:8px;background:#0B5568;color:#ffffff;font-weight:bold;"
            f'text-decoration:none">{escape(typeset(letter.button))}</a></p>'
            f'<p style="margin:0 0 16px;font-size:14px;color:#44565d">{escape(typeset(_LINK))}<br>'
            f'<span style="word-break:break-all">{escape(letter.address)}</span></p>'
        )
    body += "".join(_paragraph(paragraph) for paragraph in letter.after)
    foot = "<br>".join(escape(typeset(line)) for line in _SIGNED)
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(typeset(letter.subject))}'
        '</title></head><body style="margin:0;padding:24px;background:#ffffff;color:#0A2F3B;'
        'font:16px/1.5 system-ui,sans-serif"><div style="max-width:560px;margin:0 auto">'
        f'{body}<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #c9d4d8;font-size:14px;'
        f'color:#44565d">{foot}</p></div></body></html>'
    )


def _paragraph(text: str) -> str:
    return f'<p style="margin:0 0 16px">{escape(typeset(text))}</p>'

"""Fields of a declared form on a plain page: components/kit/declared.py for pages that need no JavaScript."""

from html import escape

from models.kernel.forms.declaration import Form
from models.kernel.forms.inputs import Kind


def field(form: type[Form], name: str, typed: str = "", error: str = "") -> str:
    """One field as HTML: hidden, or its label, its hint and its error tied to it, and what was typed in it."""
    asked, id_ = form.asked[name], form.id_of(name)
    props = {"id": id_, "type": asked.kind.value, "name": name, "value": typed}
    if asked.kind is Kind.HIDDEN:
        return _tag(props)
    notes = {f"{id_}-hint": ("hint", asked.hint), f"{id_}-error": ("err", error)}
    tied = {key: note for key, note in notes.items() if note[1]}
    props |= {"maxlength": str(asked.longest), "autocomplete": asked.completion}
    props |= {"inputmode": asked.input_mode} if asked.input_mode else {}
    props |= {"aria-describedby": " ".join(tied)} if tied else {}
    props |= {"aria-invalid": "true", "autofocus": "autofocus"} if error else {}
    said = "".join(f'<p class="{kind}" id="{key}">{escape(text)}</p>' for key, (kind, text) in tied.items())
    return f'<label for="{id_}">{escape(asked.label)}</label>\n{said}{_tag(props)}'


def _tag(props: dict[str, str]) -> str:
    written = " ".join(f'{name}="{escape(value)}"' for name, value in props.items())
    return f"<input {written}>"

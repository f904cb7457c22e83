"""What a service admits as attachments, and whether a file may be one of them: limits and sentences (pure; CTX-06)."""

from collections.abc import Callable
from dataclasses import dataclass

from models.casework.attachments.content import UNDECLARED, FileType, by_name
from models.casework.attachments.names import clean
from models.casework.attachments.vocabulary import Reason
from models.identity.accounts.partners import Scope
from models.identity.accounts.viewer import Viewer
from models.kernel.database import DbSession
from models.kernel.french import NBSP, number, plural
from models.kernel.refusal import Refusal
from models.kernel.subject import Subject

MEGABYTE = 1_000_000
PIECE = 5 * 1024 * 1024
"""The most bytes that one request brings. They go to the storage as they come: what came before a cut is kept."""
LEAST = 16 * 1024
"""The fewest bytes that are kept of a piece that is not the last: a file has so many pieces at most."""
MOST_UNFINISHED = 40
"""Files that one sender may have begun and not finished, about whatever."""
_DIGEST = 64


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom the subject of an attachment concerns: who follows its facts."""

    siren: str | None = None
    post_code: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentRules:
    """A row of the registry: what one kind of subject may have attached, and by whom. Each service registers its own."""

    kind: str
    """Of Subject."""
    most_files: int
    most_bytes_each: int
    most_bytes_in_all: int
    file_types: tuple[FileType, ...]
    may_see: Callable[[DbSession, Viewer, Subject], bool]
    """Whether that person sees the subject, and so its files."""
    may_add: Callable[[DbSession, Viewer, Subject], Refusal | None]
    """Why that person, who sees the subject, may not attach a file to it now, or take one back; None when they may."""
    concerns: Callable[[DbSession, Subject], Concerned]
    scope: Scope | None = None
    """What a program must hold to send files for a company that mandated it; None when no program may."""
    rights: frozenset[tuple[str, str]] = frozenset()
    """(service, right) pairs that such a program has as if it were a person of the company."""

    @property
    def told(self) -> str:
        """`5 fichiers au plus, de 5 Mo chacun : PDF, image JPEG`: what people read before they choose."""
        labels = ", ".join(file_type.label for file_type in self.file_types)
        files = plural(self.most_files, "fichier")
        each = "" if self.most_files == 1 else " chacun"
        return f"{files} au plus, de {megabytes(self.most_bytes_each)}{each}{NBSP}: {labels}"


@dataclass(frozen=True, slots=True)
class Announced:
    """A file, as its sender tells of it before sending it."""

    name: str
    size: int
    """Bytes."""
    declared_type: str = ""
    sha256: str = ""
    """Hexadecimal; empty when the sender could not compute it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file is not taken."""

    reason: Reason
    sentence: str


def megabytes(size: int) -> str:
    """`5 Mo`, `0,4 Mo`."""
    return f"{number(round(size / MEGABYTE, 1) if size % MEGABYTE else size // MEGABYTE, 1)}{NBSP}Mo"


def fault(rules: AttachmentRules, announced: Announced) -> Fault | None:
    """Why this file cannot be attached, whatever else is: its name, its size or its kind; None when it can."""
    name = clean(announced.name)
    if not name:
        return Fault(Reason.NAMELESS, "Ce fichier n’a pas de nom lisible. Renommez-le, puis renvoyez-le.")
    if announced.size <= 0:
        return Fault(Reason.EMPTY, f"«{NBSP}{name}{NBSP}» est vide. Vérifiez-le, puis renvoyez-le.")
    if announced.size > rules.most_bytes_each:
        return Fault(
            Reason.TOO_LARGE,
            f"«{NBSP}{name}{NBSP}» pèse {megabytes(announced.size)}{NBSP}; un fichier pèse au plus "
            f"{megabytes(rules.most_bytes_each)}. Réduisez-le, ou partagez-le en plusieurs.",
        )
    file_type = by_name(name)
    if file_type is None or file_type not in rules.file_types:
        return Fault(
            Reason.NOT_ADMITTED,
            f"«{NBSP}{name}{NBSP}» n’est pas d’un format admis ({_labels(rules)}). "
            "Enregistrez-le dans l’un de ces formats, puis renvoyez-le.",
        )
    if not _declared_as(announced.declared_type, file_type):
        return Fault(
            Reason.OTHER_CONTENT,
            f"«{NBSP}{name}{NBSP}» est envoyé comme autre chose que ce que dit son nom ({file_type.label}). "
            f"Ne changez pas la fin du nom d’un fichier{NBSP}: enregistrez-le dans le bon format.",
        )
    return None


def crowded(rules: AttachmentRules, files: int, size: int, announced: Announced) -> Fault | None:
    """Why one file more is too much, where there are `files` of `size` bytes in all; None when it is not."""
    if files >= rules.most_files:
        most = plural(rules.most_files, "fichier")
        return Fault(
            Reason.TOO_MANY,
            f"{most} au plus peuvent être joints, et ils le sont déjà. Retirez-en un avant d’en ajouter un autre.",
        )
    if size + announced.size > rules.most_bytes_in_all:
        return Fault(
            Reason.TOO_MUCH,
            f"Les fichiers joints pèsent ensemble au plus {megabytes(rules.most_bytes_in_all)}{NBSP}; il reste "
            f"{megabytes(max(rules.most_bytes_in_all - size, 0))}. Retirez-en un, ou réduisez celui-ci.",
        )
    return None


def digest_of(announced: Announced) -> str:
    """The digest that the sender computed, in lower case; empty for what is none."""
    digest = announced.sha256.strip().lower()
    return digest if len(digest) == _DIGEST and set(digest) <= set("0123456789abcdef") else ""


def _declared_as(declared: str, file_type: FileType) -> bool:
    media_type = declared.partition(";")[0].strip().lower()
    return media_type in UNDECLARED or media_type in file_type.media_types


def _labels(rules: AttachmentRules) -> str:
    return ", ".join(file_type.label for file_type in rules.file_types)


_REGISTRY: dict[str, AttachmentRules] = {}


def register(rules: AttachmentRules) -> AttachmentRules:
    """Admit attachments to a kind of subject: each service does it once, as it is imported.

    Raises:
        ValueError: for a kind that has its rules already.
    """
    if rules.kind in _REGISTRY:
        raise ValueError(f"{rules.kind}: it has its rules already")
    _REGISTRY[rules.kind] = rules
    return rules


def rules_of(kind: str) -> AttachmentRules | None:
    """The rules of that kind of subject; None when nothing is attached to it."""
    return _REGISTRY.get(kind)

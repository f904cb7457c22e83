"""Does the journal still say what it said? Seals against entries, against each other, and against what is kept outside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlmodel import col

from models.journal.sealing import anchors
from models.journal.sealing.chain import read_chain
from models.journal.sealing.comparison import Comparison
from models.journal.sealing.findings import Finding
from models.journal.sealing.given import Given
from models.journal.sealing.legible import purges, readable
from models.journal.sealing.order import Ordering
from models.journal.sealing.outside import Sealed, against_file, against_given, against_stamps
from models.journal.sealing.queries import between, extent
from models.journal.sealing.seals import BATCH
from models.journal.sealing.timestamps import Stamp, read_stamps
from models.journal.tables import TIMED, JournalEntry, JournalSeal
from models.kernel import clock
from models.kernel.database import DbSession, read
from models.kernel.settings.portal import settings

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Report:
    """What verification read, and what it found."""

    entries: int = 0
    seals: int = 0
    earlier: int = 0
    """Seals of an earlier format, which does not tell when, and after which seal, an entry was written."""
    unsealed: int = 0
    purged: int = 0
    invented: int = 0
    """Entries of the demonstration's past."""
    stamps: list[Stamp] = field(default_factory=list)
    """Time stamps, oldest first."""
    stamps_judged: bool = False
    """Whether the authority's root certificates are known, so that its signatures could be verified."""
    findings: list[Finding] = field(default_factory=list)


async def verify(progress: Progress = lambda _done, _total: None, evidence: Given | None = None) -> Report:
    """Read the whole journal, and tell every edit, deletion, insertion, swap, truncation and rewriting (SES-52).

    `progress` is told how many entries were read, of how many. `given` are the anchors that were kept elsewhere:
    against who has the database and the data folder, they alone prove something. Entries after the last seal
    have no proof yet: they are counted as unsealed.

    Raises:
        OSError, ValueError: when the certificates that the settings name cannot be read.
    """
    roots = settings().anchor.roots()
    lines, torn = (
        anchors.read()
    )  # first: a seal made meanwhile is then in the database, whatever the file has
    stamps, unreadable = read_stamps()
    evidence = evidence or Given()
    journal = await read(_read_whole, progress)
    report = journal.report
    report.stamps, report.stamps_judged = stamps, bool(roots)
    report.findings += against_file(journal.seals, lines, torn)
    report.findings += against_given(journal.seals, evidence.anchors)
    report.findings += against_stamps(journal.seals, [*stamps, *evidence.stamps], unreadable, roots)
    return report


def _read_whole(db: DbSession, progress: Progress) -> "_Reading":
    journal = _Reading(db, progress)
    journal.all()
    return journal


class _Reading:
    """The database, from the first entry to the last."""

    def __init__(self, db: DbSession, progress: Progress) -> None:
        self._db = db
        self._progress = progress
        self._ordering = Ordering()
        self._last = 0
        self.seals: dict[int, Sealed] = {}
        self.report = Report()

    def all(self) -> None:
        total, end, newest = extent(self._db)
        purged = purges(self._db)
        for seal, findings in read_chain(self._db):
            self.report.findings += findings
            self._batch(seal, purged, ends=seal.batch == newest and end <= seal.last_seq)
            self._progress(self.report.entries, total)
        self.report.unsealed = total - self.report.entries
        for entries in self._rest(end):
            self.report.findings += self._ordering.of_rest(entries, clock.machine())
        self.report.invented = self._ordering.invented
        self._progress(total, total)

    def _batch(self, seal: JournalSeal, purged: set[int], *, ends: bool) -> None:
        entries, unreadable = self._between(seal.last_seq)
        compared = Comparison(seal, entries)
        self.report.findings += compared.findings(purged, unreadable=unreadable, ends_journal=ends)
        self.report.findings += self._ordering.of_batch(seal, compared.sound())
        self.report.entries += len(entries) + len(unreadable)
        self.report.seals += 1
        self.report.earlier += seal.version < TIMED
        self.report.purged += sum(
            entry.personal_digest is not None and entry.personal is None for entry in entries
        )
        self.seals[seal.batch] = Sealed(anchors.anchor_of(seal), seal.sealed_at)
        self._last = max(self._last, seal.last_seq)

    def _between(self, last: int) -> tuple[list[JournalEntry], list[int]]:
        """The entries of a batch, whatever was slipped in before or among them, and those that hold no sense."""
        return readable(self._db, between(self._last or None, last))

    def _rest(self, end: int) -> Iterator[list[JournalEntry]]:
        """The entries that no seal covers, some at a time; not those written meanwhile, which may know newer seals."""
        last: int | None = self._last or None
        while True:
            wanted = between(last, end).order_by(col(JournalEntry.seq)).limit(BATCH)
            entries, unreadable = readable(self._db, wanted)
            if not entries and not unreadable:
                return
            yield entries
            last = max([*(entry.seq or 0 for entry in entries), *unreadable])

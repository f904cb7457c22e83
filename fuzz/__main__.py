"""`python -m fuzz [TARGET...] [--seconds N]`: coverage-guided fuzzing of the readers of messages (make fuzz).

Each target runs in a process of its own, for N seconds, from the simulated traffic. Any exception but a
refusal ends it, and leaves the input in fuzz/found/. Needs atheris, which has wheels for Linux and macOS.
"""

import argparse
import logging
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from random import Random

FOUND = Path(__file__).parent / "found"
LONGEST = 60_000
_LIMITS = ["-rss_limit_mb=2048", "-timeout=10", f"-max_len={LONGEST}", "-print_final_stats=1", "-verbosity=1"]


def main() -> int:
    """Run the targets named, or all; 1 when one of them found something."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.in_this_process:
        _fuzz(asked.targets[0], asked.seconds)
        return 0
    from fuzz.targets import TARGETS

    unknown = set(asked.targets) - set(TARGETS)
    if unknown:
        parser.error(f"unknown target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    failed = [name for name in asked.targets or TARGETS if not _apart(name, asked.seconds)]
    if failed:
        print(f"Findings in: {', '.join(failed)}. The inputs are in {FOUND}.")
    return int(bool(failed))


def _apart(name: str, seconds: int) -> bool:
    words = [sys.executable, "-m", "fuzz", name, "--seconds", str(seconds), "--in-this-process"]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    told = [line for line in done.stdout.splitlines() if "number_of_executed_units" in line]
    executions = told[0].split()[-1] if told else "?"
    found = "nothing found" if done.returncode == 0 else "FOUND"
    print(f"{name}: {executions} executions, {found}", flush=True)
    if done.returncode:
        print(done.stdout[-4000:])
    return done.returncode == 0


def _fuzz(name: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["models.border.messages", "pydifact"]):
        from fuzz.targets import TARGETS, run
    from fuzz.mutating import mutate_xml
    from fuzz.seeds import write_seeds

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    target = TARGETS[name]
    FOUND.mkdir(exist_ok=True)

    def one(body: bytes) -> None:
        run(target, body)

    def mutate(body: bytes, most: int, seed: int) -> bytes:
        dice = Random(seed)
        changed = mutate_xml(body, dice) if dice.random() < 0.7 else None
        if changed is None or len(changed) > most:
            changed = atheris.Mutate(body, len(body))
        return bytes(changed[:most])

    with tempfile.TemporaryDirectory() as corpus:
        write_seeds(name, Path(corpus))
        words = [
            sys.argv[0],
            *_LIMITS,
            f"-max_total_time={seconds}",
            f"-artifact_prefix={FOUND}/{name}-",
            corpus,
        ]
        structured = {"custom_mutator": mutate} if name in ("ched", "wco", "xml") else {}
        atheris.Setup(words, one, **structured)
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())

"""The same job with NiceGUI: 25 rows of labels on each screen, one of which changes for those concerned."""

import sys
from collections import defaultdict
from itertools import count
from typing import Any

from nicegui import app, ui

ROWS, FIELDS = 25, 12
groups: dict[str, list[Any]] = defaultdict(list)
changes = count(1)


@ui.page("/")
def page(group: str = "") -> None:
    rows = []
    for row in range(ROWS):
        with ui.row():
            rows.append([ui.label(f"Envoi {row}, valeur {field}") for field in range(FIELDS)])
    ui.label()
    groups[group].append(rows)


@app.post("/emit")
async def emit(group: str = "") -> None:
    change = next(changes)
    for rows in groups.get(group, []):
        for field, label in enumerate(rows[0]):
            label.text = f"Contrôle documentaire terminé à 14 h {change}, {field}"


# By itself it drops a page that is silent for six seconds: on a busy machine, hundreds of a thousand.
ui.run(
    host="127.0.0.1",
    port=int(sys.argv[1]),
    reload=False,
    show=False,
    show_welcome_message=False,
    reconnect_timeout=60,
)

"""The portal's news, on the pages that show them (PPR-51)."""

import reflex as rx

from components.signals.news import news
from models.kernel import french
from models.signals.news.catalogue import NEWS


def news_card() -> rx.Component:
    """The last pieces of news, for everybody alike."""
    return news(
        [(french.day(one.published_on), one.published_on.isoformat(), one.title, one.text) for one in NEWS]
    )

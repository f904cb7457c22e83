"""The portal's news, on the pages that show them (PPR-51)."""

import reflex as rx

from components.signals.news import news
from models.kernel import french
from models.signals.news.catalogue import NEWS


def news_card() -> rx.Component:
    """The last pieces of news, for everybody alike."""
    return news(
        [
            (french.day(item.published_on), item.published_on.isoformat(), item.title, item.text)
            for item in NEWS
        ]
    )

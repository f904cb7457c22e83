"""The domain, put together: every table, and whoever listens for what happens further down.

Imports go one way, so what is further down cannot call what stands on it: it has a registry, and each module named here
fills one as it is imported. `models.kernel.database` imports this one before its first query, so that no program can
do without.
"""

import models.border.consignments.subject
import models.border.messages.subject
import models.identity.access.account_subject
import models.identity.access.letters
import models.identity.access.sessions
import models.identity.factors.endings
import models.identity.factors.letters
import models.identity.habilitations.attempts
import models.identity.people.endings
import models.identity.people.letters
import models.scheduling.appointments.annulment
import models.scheduling.calendars.feeds
import models.signals.alerts.subject
import models.signals.assistance.letters
import models.signals.notifications.bounces
import models.signals.notifications.letters
import models.signals.notifications.subscriptions
import models.signals.services.subject
import models.tables  # noqa: F401 - imported for what they register

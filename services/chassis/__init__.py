"""What every service stands on: nameko, kombu, SQLAlchemy; not one word of the domain."""

import warnings

# Known and decided (docs/adr/0001): nameko stands on eventlet, and both stay inside this package.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

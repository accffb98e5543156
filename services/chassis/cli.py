"""``minsheng``: the commands of operators.  Services add their own by entry point."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import click

from services.commons.errors import ServiceError

from .settings import ADMIN, GATEWAY, SERVICES, BadSetting, load

GROUP = "minsheng.commands"


class _Commands(click.Group):
    """Failures as one line, exit code 1 (wrong usage: 2)."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except (BadSetting, ServiceError) as exc:
            raise click.ClickException(str(exc)) from exc
        except Exception as exc:
            if not _is_away(exc):
                raise
            raise click.ClickException(f"cannot reach it: {str(exc).splitlines()[0]}") from exc


def _is_away(exc: Exception) -> bool:
    """Whether the broker or a database does not answer, or refuses what is asked."""
    import sqlalchemy as sa

    from . import connection

    return isinstance(exc, (*connection.ERRORS, sa.exc.OperationalError))


@click.group(cls=_Commands)
@click.option(
    "--env",
    "env_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="MINSHENG_ENV_FILE",
    help="A file of NAME=value lines that are put into the environment first.",
)
def main(env_file: Path | None) -> None:
    """Minsheng 民生: livelihood projects chosen by the deputies' vote."""
    if env_file:
        _read_environment(env_file)


def _read_environment(file: Path) -> None:
    import os

    for line in file.read_text("utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not line.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


@main.command()
def migrate() -> None:
    """Bring every database to the newest schema and declare exchanges, queues and bindings."""
    from . import migrations, topology

    for service in SERVICES:
        migrations.upgrade(load(service))
        click.echo(f"{service}: schema is current")
    admin = load(ADMIN)
    topology.declare(admin.amqp_uri, admin)
    click.echo("broker: exchanges, queues and bindings are declared")


@main.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.argument("message")
def revise(service: str, message: str) -> None:
    """Write the migration from a service's database to its tables (for developers)."""
    from . import migrations

    click.echo(migrations.revise(service, message, load(service)))


@main.command()
@click.option("--role", "roles", multiple=True, required=True, help="May be given several times.")
@click.option("--subject", required=True, help="Whom the token speaks for.")
@click.option("--hours", default=12.0, show_default=True)
def token(roles: tuple[str, ...], subject: str, hours: float) -> None:
    """Print a bearer token signed with the development key (refused in production)."""
    from . import development_key

    settings = load(GATEWAY)
    click.echo(development_key.token(settings, subject, list(roles), dt.timedelta(hours=hours)))


@main.group()
def broker() -> None:
    """The broker's users."""


@broker.command()
def provision() -> None:
    """Make one user per service with just the rights it needs."""
    from . import broker as broker_admin

    for user in broker_admin.provision():
        click.echo(f"{user}: rights are set")


@main.group()
def districts() -> None:
    """The districts that this jurisdiction feeds."""


@districts.command("add")
@click.argument("code")
def add_district(code: str) -> None:
    """Make a district's user, feed and history; prints the password once."""
    from . import broker as broker_admin

    admin = load(ADMIN)
    user, password = broker_admin.add_district(code, admin.amqp_uri, admin.rabbitmqctl)
    click.echo(
        f"user      {user}\npassword  {password}\nfeed      feed.{code}\nhistory   history.{code}"
    )


@main.group()
def events() -> None:
    """The stream of this jurisdiction's events."""


@events.command()
@click.option("--from", "start", type=click.Choice(["first", "now"]), default="now")
@click.option(
    "--type",
    "types",
    multiple=True,
    help="Only these types, e.g. proposal.suggestion.submitted.v1.",
)
@click.option("--stream", default="history", show_default=True)
@click.option("--count", type=int, help="Stop after so many.")
@click.option("--until-idle", type=float, help="Stop after so many seconds without an event.")
def tail(
    start: str, types: tuple[str, ...], stream: str, count: int | None, until_idle: float | None
) -> None:
    """Print events as a subscriber would get them, one JSON document a line."""
    from . import streams

    for text in streams.read(load(ADMIN).amqp_uri, stream, start, types, count, until_idle):
        click.echo(text)


@events.command("replay")
@click.argument("service", type=click.Choice(SERVICES))
@click.option(
    "--type", "types", multiple=True, help="Only these types, e.g. ballot.deputy.enrolled.v1."
)
def replay_events(service: str, types: tuple[str, ...]) -> None:
    """Give a service the past events that it subscribes to; what it knows already does nothing."""
    from . import replay, topology

    own = [one for one in topology.subscriptions(service) if not one.elsewhere]
    put = replay.replay(load(ADMIN).amqp_uri, own, types)
    for type_, count in put.items():
        click.echo(f"{type_}\t{count}")


@main.group("dead-letters")
def dead_letters() -> None:
    """Events that could not take effect."""


@dead_letters.command("list")
@click.option("--service", type=click.Choice(SERVICES), help="Only this service's.")
def list_dead_letters(service: str | None) -> None:
    """List them: number, service, type, event id, reason, when."""
    from . import deadletters

    for letter in deadletters.read(load(ADMIN).amqp_uri, [service] if service else SERVICES):
        click.echo(letter.line())


@dead_letters.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.argument("event_id")
def show(service: str, event_id: str) -> None:
    """Print one, with why it is there."""
    from . import deadletters

    click.echo(deadletters.find(load(ADMIN).amqp_uri, service, event_id).text())


@dead_letters.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.argument("event_id")
def retry(service: str, event_id: str) -> None:
    """Put it back into the queue it came from; ``all`` puts all back."""
    from . import deadletters

    click.echo(f"put back: {deadletters.retry(load(ADMIN).amqp_uri, service, event_id)}")


@dead_letters.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.argument("event_id")
def drop(service: str, event_id: str) -> None:
    """Throw it away for good."""
    from . import deadletters

    click.echo(f"dropped: {deadletters.drop(load(ADMIN).amqp_uri, service, event_id)}")


for _entry in entry_points(group=GROUP):
    main.add_command(_entry.load())


if __name__ == "__main__":
    main()

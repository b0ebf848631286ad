"""Settings from the environment and `.env`; read once, passed on, never a global."""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.sealed_box import NotAPublicKey, read_public
from bot.texts import settings as words

TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,}")
SECRETS = frozenset({"bot_token", "bot_proxy_url", "webhook_secret"})  # never shown, not even when they are wrong
WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class WrongSettings(Exception):
    """Some setting cannot be used; `lines` say which and what is expected, in Russian, without any value that is secret."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def _stage_codes(value: object) -> object:
    return [part.strip().upper() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


OptionalText = Annotated[str | None, BeforeValidator(_empty_is_none)]
StageCode = Annotated[str, Field(pattern="^[А-Е]$")]
StageCodes = Annotated[tuple[StageCode, ...], NoDecode, BeforeValidator(_stage_codes)]
OptionalInt = Annotated[int | None, BeforeValidator(_empty_is_none)]


class Settings(BaseSettings):
    """Every setting is described for the operator in `.env.example`; a test keeps the two equal."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", hide_input_in_errors=True
    )

    bot_token: SecretStr
    municipality: str = Field(min_length=2, max_length=80)
    timezone: str
    bot_api_root: str = "https://api.telegram.org"
    bot_proxy_url: OptionalText = None
    data_dir: Path = Path("data")
    database_url: OptionalText = None
    organiser: OptionalText = None
    coordinator_phone: OptionalText = None
    official_appeal_url: str = "https://www.gosuslugi.ru"
    hotline_group_id: OptionalInt = None
    key_file: OptionalText = None
    custodian_key: OptionalText = None
    report_form: Literal["short", "full"] = "short"
    report_mode: Literal["forced", "fast"] = "forced"
    personal_data: bool = True
    untrained_observers: Literal["warn", "forbid"] = "warn"
    observer_day_load: int = Field(default=2, ge=1, le=6)
    schedule_approval: bool = True
    report_deadline_hours: int = Field(default=4, ge=1, le=48)
    report_addons: StageCodes = ()
    schools_see_reports: bool = False
    corrections_until: str = Field(default="20:00", pattern=r"([01]\d|2[0-3]):[0-5]\d")
    webhook_url: OptionalText = None
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_empty_is_none)] = None
    webhook_port: int = Field(default=8443, ge=1, le=65535)
    messages_per_second: int = Field(default=25, ge=0, le=25)
    disk_reserve_mb: int = Field(default=500, ge=0)
    health_port: OptionalInt = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError(words.EXPECTED["bot_token"])
        return value

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(words.EXPECTED["timezone"]) from None
        return value

    @field_validator("bot_api_root", "official_appeal_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(words.EXPECTED["bot_api_root"])
        return value.rstrip("/")

    @field_validator("bot_proxy_url")
    @classmethod
    def _proxy(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).scheme not in ("http", "socks4", "socks5"):
            raise ValueError(words.EXPECTED["bot_proxy_url"])
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("sqlite:///"):
            raise ValueError(words.EXPECTED["database_url"])
        return value

    @field_validator("custodian_key")
    @classmethod
    def _custodian(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                read_public(value)
            except NotAPublicKey:
                raise ValueError(words.EXPECTED["custodian_key"]) from None
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError(words.EXPECTED["webhook_secret"])
        return value

    @property
    def bot_id(self) -> int:
        return int(self.bot_token.get_secret_value().split(":")[0])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def database_path(self) -> Path:
        """Where SQLite keeps everything; beside it `vault.db` with the hotline's keys."""
        if self.database_url:
            return Path(self.database_url.removeprefix("sqlite:///"))
        return self.data_dir / "bot.db"

    @property
    def key_path(self) -> Path:
        """The master key of what is sealed; keep a copy of it apart from the database."""
        return Path(self.key_file) if self.key_file else self.database_path.parent / "keys" / "master.key"


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment and `.env`. Raises `WrongSettings` with one line a fault, never a value of a secret."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        names = [str(fault["loc"][0]) for fault in error.errors(include_input=False, include_url=False)]
    except UnicodeDecodeError:
        raise WrongSettings([words.NOT_UTF8]) from None
    written = written_settings(env_file)
    raise WrongSettings([*unknown_names(env_file), *(_fault(name, written) for name in names)])


def unknown_names(env_file: Path | None) -> list[str]:
    """One line for every name in `.env` that is no setting but looks like one: a slip would otherwise pass in silence."""
    lines = []
    for name, (number, _) in written_settings(env_file).items():
        close = get_close_matches(name, Settings.model_fields, n=1, cutoff=0.8)
        if name not in Settings.model_fields and close:
            lines.append(words.unknown(name.upper(), number, close[0].upper()))
    return lines


def expected_instead(name: str, value: str) -> str | None:
    """What the setting expects, when `value` would be refused; None when it fits."""
    try:
        Settings(_env_file=None, **{name: value})  # type: ignore[arg-type]
    except ValidationError as error:
        if any(fault["loc"] == (name,) for fault in error.errors(include_input=False, include_url=False)):
            return words.expected_for(name, value)
    return None


def _fault(name: str, written: dict[str, tuple[int, str]]) -> str:
    from_environment = next((value for key, value in os.environ.items() if key.lower() == name), None)
    number, value = (None, from_environment) if from_environment is not None else written.get(name, (None, None))
    if value is None:
        return words.missing(name.upper(), words.EXPECTED[name])
    shown = None if name in SECRETS or "@" in value or TOKEN.search(value) else value[:80]
    return words.wrong(name.upper(), number, shown, words.expected_for(name, value))


def written_settings(env_file: Path | None) -> dict[str, tuple[int, str]]:
    """Setting → (line number, value) as it stands in the file."""
    if env_file is None or not env_file.is_file():
        return {}
    found = {}
    for number, line in enumerate(env_file.read_text("utf-8", errors="replace").splitlines(), 1):
        name, equals, value = line.partition("=")
        name = name.strip().removeprefix("export ").strip().lower()
        if equals and name and not name.startswith("#"):
            found[name] = number, value.strip().strip("\"'")
    return found

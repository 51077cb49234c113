/**
 * What each role of a request may do with each table, as decided. `lib/records/rights.db.test.ts` compares it
 * with the catalog, so a table, column or function that is missing here is a failing test.
 *
 * Roles: `anon` is nobody signed in, `authenticated` a signed-in person, `service_role` the system after a
 * person's right was proved, and `public` everybody with a connection. Only `service_role` and
 * `authenticated` are ever granted anything on a table.
 */

export const roles = ["public", "anon", "authenticated", "service_role"] as const;
export type Role = (typeof roles)[number];

export interface TableRights {
  /** The system's rights on the whole table. */
  service: "reads and writes" | "reads" | "nothing";
  /** The one column that the system may change in a table which it otherwise reads. */
  decides?: string;
  /** Columns that a signed-in person may read, in rows that the policies let them see. */
  person?: string;
  /** The other columns of a table that a person may read. */
  hidden?: string;
  /**
   * Whether a person may lock rows, for which PostgreSQL asks for UPDATE on some column. Nothing can be written
   * by it.
   */
  isLocked?: true;
}

const service = "reads and writes";

/** What only the system reaches. */
const forService: TableRights = { service };
/** What only the database's owner reaches. */
const forOwner: TableRights = { service: "nothing" };

export const tables: Record<string, TableRights> = {
  "identity.account": forOwner,
  "identity.session": forOwner,
  "identity.user": forOwner,
  "identity.verification": forOwner,
  // No grant on schema public reaches these.
  "private.addresses": forService,
  "private.mail_texts": forService,
  "private.mail_lessons": forService,
  "private.refused_addresses": forService,
  "private.refusals_told": forService,
  "private.confirmations": forService,
  "private.asks": forService,
  "private.mailboxes": forService,
  "private.questions": forService,
  "private.answer_links": forService,
  "private.installation_keys": forService,
  "private.meeting_passcodes": forService,
  "private.link_versions": forService,
  "private.tutors_to_look_at": forService,
  "private.duties": forService,
  "private.canary": forService,
  "private.silences": forService,
  "private.outages": forService,
  "private.outage_tutors": forService,

  "public.people": {
    service,
    person: "id name role time_zone created_at has_account cancel_until_hours",
    hidden: "language clock_hours updated_at confirmed_at signed_up_unasked",
    isLocked: true,
  },
  // Both sides of a lesson may know everything about it. "select *" needs each column by name.
  "public.bookings": {
    service,
    person:
      "id tutor_id student_id subject starts_at starts_local utc_offset duration_minutes time_zone repeat_weekly status decided_at created_at updated_at origin",
    isLocked: true,
  },
  "public.tutor_students": {
    service,
    person: "tutor_id student_id name time_zone language note created_at updated_at ended_at",
    hidden: "guardian_links guardian_links_raised_at former_id",
  },
  "public.sessions": {
    service,
    person: `id booking_id tutor_id student_id title scheduled_start_at scheduled_end_at duration_minutes
      status revision provider meeting_external_id join_url meeting_created_at meeting_id created_at updated_at
      calendar_sequence student_notified_provider tutor_notified_provider rescheduled_at starts_local utc_offset time_zone`,
    isLocked: true,
  },
  "public.lesson_messages": {
    service,
    person: "id booking_id session_id person_id said_with text created_at",
  },
  "public.change_requests": {
    service,
    person: `id session_id tutor_id student_id as_guardian starts_at starts_local utc_offset time_zone message
      status answer created_at decided_at`,
  },
  "public.session_joins": {
    service,
    person: "session_id person_id meeting_id joined_at as_guardian",
    hidden: "id notified_at",
  },

  "public.connection_events": {
    service,
    person: "id tutor_id kind provider account_email checked repaired at",
  },
  "public.tutor_video_provider_connections": {
    service,
    person: `id tutor_id provider connection_status generation grant_id account_user_id account_email
      account_name scopes error_code error_detail refresh_next_at refresh_error connected_at created_at
      updated_at`,
    hidden: `access_token_encrypted refresh_token_encrypted access_token_expires_at account_organisation_id
      refresh_lease_id refresh_lease_until refresh_failures refresh_refusals refresh_refused_since
      refresh_failed_since access_refused_since`,
    isLocked: true,
  },
  "public.retired_video_provider_connections": {
    service,
    person: `id tutor_id provider connection_status grant_id account_email account_name connected_at
      retired_at erased_at`,
    hidden: `access_token_encrypted refresh_token_encrypted access_token_expires_at account_organisation_id
      account_user_id scopes refresh_lease_id refresh_lease_until refresh_failures refresh_next_at
      refresh_error refresh_refusals refresh_refused_since refresh_failed_since access_refused_since error_code error_detail revocation_until revocation_failures revocation_next_at created_at
      updated_at`,
  },
  "public.oauth_attempts": forService,

  "public.meetings": {
    service,
    person: `id tutor_id session_id origin provider state title starts_at duration_minutes external_id join_url
      created_at live_at superseded_at closed_at`,
    hidden: `grant_id generation revision key attempts lookups outcome_unknown lease_until next_attempt_at
      error_code error_detail delete_after orphan_scan_at orphan_scans check_at updated_at
      answered_title answered_starts_at repaired_title repaired_starts_at repaired_at repairs link_varies
      unclear_revision unclear_at unclear_writes silent_writes check_tries refused_since lookup_place orphan_scan_place`,
  },
  "public.migrations": {
    service,
    person: `id tutor_id generation kind status from_provider to_provider from_grant_id to_grant_id
      of_migration_id created_by total waiting_until settled_at undo_until finished_at created_at updated_at`,
    isLocked: true,
  },
  "public.migration_sessions": {
    service,
    person: `migration_id session_id tutor_id position state from_meeting_id to_meeting_id attempts
      next_attempt_at error_code error_detail started_at finished_at`,
    hidden: "updated_at",
  },

  "public.calendar_feeds": { service, person: "person_id created_at", hidden: "token_hash" },
  "public.mail_preferences": {
    service,
    person: "person_id remind_day remind_hour room_news",
    hidden: "updated_at",
  },
  "public.notes": {
    service,
    person: "id person_id session_id kind from_provider to_provider created_at seen_at",
  },
  "public.mails": forService,
  "public.limited_uses": forService,
  "public.reminders": forService,
  "public.installation": { service: "reads", decides: "uid_host" },
  "public.provider_budgets": forService,
  "public.provider_circuits": forService,
  "public.provider_plans": forService,
  "public.provider_licences": forService,
  "public.operator_troubles": forService,

  // The history of migrations, which the Supabase CLI keeps as well.
  "supabase_migrations.schema_migrations": forOwner,
};

/** The words of a list above. */
export const wordsOf = (list = ""): string[] => list.split(/\s+/).filter(Boolean);

/** Who may use what is in a schema, if it's granted too. Nobody may create anything in any of them. */
export const schemas: Record<string, readonly Role[]> = {
  // Where the database's host brings this schema along, it is the host's.
  auth: ["anon", "authenticated", "service_role"],
  identity: [],
  private: ["service_role"],
  public: roles,
  supabase_migrations: [],
};

/** Who may call our functions. Each runs with its caller's rights and an empty search path. */
export const functions: Record<string, readonly Role[]> = {
  "auth.uid()": ["anon", "authenticated", "service_role"],
  // A trigger needs nobody's right to call it.
  "identity.password_changed()": [],
  "identity.person_signed_up()": [],
  "private.booking_time_in_bounds()": [],
  "private.connection_changed()": [],
  "private.lesson_time_in_bounds()": [],
  "private.look_at_tutor()": [],
};

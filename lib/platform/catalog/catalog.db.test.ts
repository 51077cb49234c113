import { expect, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import kept from "../../../supabase/catalog.json" with { type: "json" };
import { type Catalog, readCatalog } from "./catalog.ts";
import { differences } from "./differences.ts";

const database = ownDatabase();
const expected: Catalog = kept;
const found = async () => differences(expected, await readCatalog(database.db));

test("a migrated database is what the kept catalog says, on this engine and host as on any other", async () => {
  expect(await readCatalog(database.db)).toEqual(expected);
});

interface Damage {
  what: string;
  done: string;
  mended: string;
  said: string[];
}

const damages: Damage[] = [
  {
    what: "a missing policy",
    done: "drop policy service on mails",
    mended: "create policy service on mails to service_role using (true) with check (true)",
    said: ["The policy service of the table public.mails is missing."],
  },
  {
    what: "a policy that shows more than it should",
    done: "alter policy service on mails to authenticated",
    mended: "alter policy service on mails to service_role",
    said: ["The policy service of the table public.mails is another than this version's."],
  },
  {
    what: "a policy that nobody made here",
    done: "create policy everybody on sessions for select to anon using (true)",
    mended: "drop policy everybody on sessions",
    said: ["The policy everybody of the table public.sessions isn't this version's."],
  },
  {
    what: "row-level security that is off",
    done: "alter table sessions disable row level security",
    mended: "alter table sessions enable row level security",
    said: ["Row-level security of the table public.sessions is switched off."],
  },
  {
    what: "an exclusion that came back as a mere index, or not at all",
    done: "alter table sessions drop constraint sessions_do_not_overlap",
    mended: `alter table sessions add constraint sessions_do_not_overlap
      exclude using gist (tutor_id with =, tstzrange(scheduled_start_at, scheduled_end_at) with &&)
      where (status in ('SCHEDULED', 'JOIN_OPEN'))`,
    said: ["The constraint sessions_do_not_overlap of the table public.sessions is missing."],
  },
  {
    what: "an index that a build left half-way",
    done: "update pg_index set indisvalid = false where indexrelid = 'sessions_student'::regclass",
    mended: "update pg_index set indisvalid = true where indexrelid = 'sessions_student'::regclass",
    said: ["The index sessions_student of the table public.sessions isn't valid."],
  },
  {
    what: "a disabled trigger",
    done: "alter table sessions disable trigger look_at_new_lesson",
    mended: "alter table sessions enable trigger look_at_new_lesson",
    said: ["The trigger look_at_new_lesson of the table public.sessions is disabled."],
  },
  {
    what: "rights that are lost, and rights that are too many",
    done: "revoke all on mails from service_role; grant select on mails to anon; revoke select (title) on sessions from authenticated",
    mended: `grant select, insert, update, delete on mails to service_role; revoke all on mails from anon;
      grant select (title) on sessions to authenticated`,
    said: [
      "The role service_role has lost its rights on the table public.mails.",
      "The right of the role anon of the table public.mails isn't this version's.",
      "The role authenticated has other rights on the table public.sessions than this version gives it.",
    ],
  },
  {
    what: "a function that anybody may call, and that looks for names elsewhere",
    done: `alter function private.look_at_tutor() reset search_path;
      grant execute on function private.look_at_tutor() to public`,
    mended: `alter function private.look_at_tutor() set search_path = '';
      revoke execute on function private.look_at_tutor() from public`,
    said: [
      "The function private.look_at_tutor() is another than this version's.",
      "The right of the role public of the function private.look_at_tutor() isn't this version's.",
    ],
  },
  {
    what: "a column",
    done: "alter table sessions rename column title to titel",
    mended: "alter table sessions rename column titel to title",
    said: expect.arrayContaining([
      "The column title of the table public.sessions is missing.",
      "The column titel of the table public.sessions isn't this version's.",
    ]),
  },
  {
    what: "a table of the operator's that everybody may read",
    done: "create table clients (name text); grant select on clients to anon",
    mended: "drop table clients",
    said: [
      "The table public.clients, which isn't Segue's, is open to anon without row-level security.",
    ],
  },
];

test.each(damages)("$what is said in a sentence", async ({ done, mended, said }) => {
  // What pg_index says can be written by a superuser alone; the embedded database has no other role.
  if (done.includes("pg_index") && database.url) return;
  await database.exec(done);
  expect(await found()).toEqual(said);
  await database.exec(mended);
  expect(await found()).toEqual([]);
});

test("what an operator adds that neither opens nor refuses anything isn't named", async () => {
  await database.exec(`
    create table ledgers (body text not null);
    revoke all on ledgers from anon, authenticated;
    create index mine on sessions (created_at);
    create function private.mine() returns integer language sql as 'select 1'`);
  expect(await found()).toEqual([]);
});

/** Reads from the catalog who may do what. */
import { sql } from "kysely";
import type { Db, Trx } from "#lib/platform/db.ts";
import { roles, schemas } from "./decided.ts";

type Handle = Db | Trx;

/** MAINTAIN exists from PostgreSQL 17 on. */
export const verbs = [
  "SELECT",
  "INSERT",
  "UPDATE",
  "DELETE",
  "TRUNCATE",
  "REFERENCES",
  "TRIGGER",
  "MAINTAIN",
] as const;

const ours = sql.join(Object.keys(schemas).map((name) => sql.lit(name)));
/** What belongs to an extension isn't ours. */
const notOfAnExtension = (oid: string) =>
  sql`not exists (select from pg_depend where objid = ${sql.ref(oid)} and deptype = 'e')`;
/** A hosting provider's own, in a schema that we use too, isn't ours either (`npm run hosts`). */
const notTheHosts = (owner: string) =>
  sql`pg_get_userbyid(${sql.ref(owner)}) <> 'supabase_auth_admin'`;
/** A grantee of 0 is everybody. What the owner has isn't listed. */
const grants = (acl: string, owner: string, kind: string) => sql`
  lateral (
    select coalesce(r.rolname::text, 'public') as role, a.privilege_type as verb, a.is_grantable
      from aclexplode(coalesce(${sql.ref(acl)}, acldefault(${sql.lit(kind)}, ${sql.ref(owner)}))) a
      left join pg_roles r on r.oid = a.grantee
     where a.grantee <> ${sql.ref(owner)}
  ) g`;

export interface TableGrant {
  table: string;
  role: string;
  verb: string;
  /** Null for the whole table. */
  column: string | null;
}

export const tableGrants = async (db: Handle): Promise<TableGrant[]> =>
  (
    await sql<TableGrant>`
      select n.nspname || '.' || c.relname as table, g.role, g.verb, null as column
        from pg_class c join pg_namespace n on n.oid = c.relnamespace,
             ${grants("c.relacl", "c.relowner", "r")}
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in (${ours})
         and ${notTheHosts("c.relowner")}
      union all
      select n.nspname || '.' || c.relname, g.role, g.verb, t.attname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute t on t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped,
             ${grants("t.attacl", "c.relowner", "c")}
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in (${ours})
         and ${notTheHosts("c.relowner")}
       order by 1, 2, 3, 4`.execute(db)
  ).rows;

export const sequenceGrants = async (db: Handle) =>
  (
    await sql<{ sequence: string; role: string; verb: string }>`
      select n.nspname || '.' || c.relname as sequence, g.role, g.verb
        from pg_class c join pg_namespace n on n.oid = c.relnamespace,
             ${grants("c.relacl", "c.relowner", "s")}
       where c.relkind = 'S' and n.nspname in (${ours}) order by 1, 2, 3`.execute(db)
  ).rows;

export interface Relation {
  name: string;
  kind: string;
  isSecured: boolean;
  columns: string[];
}

/** Tables, sequences, views and whatever else holds rows. */
export const relations = async (db: Handle): Promise<Relation[]> =>
  (
    await sql<Relation>`
      select n.nspname || '.' || c.relname as name, c.relkind::text as kind,
             c.relrowsecurity as "isSecured",
             array(select t.attname::text from pg_attribute t
                    where t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped
                    order by 1) as columns
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind not in ('i', 'I', 't', 'c') and n.nspname in (${ours})
         and ${notOfAnExtension("c.oid")} and ${notTheHosts("c.relowner")}
       order by 1`.execute(db)
  ).rows;

export interface FoundFunction {
  name: string;
  callers: string[];
  /** Whether it runs with its owner's rights. */
  isDefiner: boolean;
  settings: string[];
}

export const functionsOf = async (db: Handle): Promise<FoundFunction[]> =>
  (
    await sql<FoundFunction>`
      select n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name,
             array(select g.role from ${grants("p.proacl", "p.proowner", "f")} order by 1) as callers,
             p.prosecdef as "isDefiner", coalesce(p.proconfig, '{}') as settings
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname in (${ours}) and ${notOfAnExtension("p.oid")}
         and ${notTheHosts("p.proowner")}
       order by 1`.execute(db)
  ).rows;

/** Whether auth.uid() is a hosting provider's. */
export const isUidTheHosts = async (db: Handle): Promise<boolean> => {
  const { rows } = await sql`
    select from pg_proc where oid = 'auth.uid()'::regprocedure and not (${notTheHosts("proowner")})`.execute(
    db,
  );
  return rows.length > 0;
};

export const schemaGrants = async (db: Handle) =>
  (
    await sql<{ schema: string; role: string; verb: string }>`
      select n.nspname as schema, g.role, g.verb
        from pg_namespace n, ${grants("n.nspacl", "n.nspowner", "n")}
       where n.nspname in (${ours}) and g.role in (${sql.join(roles.map((role) => sql.lit(role)))})
       order by 1, 2, 3`.execute(db)
  ).rows;

export interface Policy {
  table: string;
  name: string;
  verb: string;
  roles: string[];
  using: string | null;
  check: string | null;
}

export const policies = async (db: Handle): Promise<Policy[]> =>
  (
    await sql<Policy>`
      select schemaname || '.' || tablename as table, policyname as name, cmd as verb,
             roles::text[] as roles, qual as using, with_check as check
        from pg_policies where schemaname in (${ours}) order by 1, 2`.execute(db)
  ).rows;

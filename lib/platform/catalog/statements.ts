/** The questions to PostgreSQL's catalog. Each row: whose part, which part, and what it is. */
import { sql } from "kysely";

const ours = sql`('public', 'identity', 'private')`;
/** Rights of other roles are the operator's. */
const asked = sql`('anon', 'authenticated', 'service_role', 'public')`;

/** What belongs to an extension isn't ours. */
const notOfAnExtension = (oid: string) =>
  sql`not exists (select from pg_depend where objid = ${sql.ref(oid)} and deptype = 'e')`;

const relation = sql`
  (case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'view' else 'table' end
   || ' ' || n.nspname || '.' || c.relname)`;
const fn = sql`
  ('function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')')`;

/** A grantee of 0 is everybody. MAINTAIN exists from PostgreSQL 17 on, so it would differ between servers. */
const grants = (acl: string, owner: string, kind: string) => sql`
  lateral (
    select coalesce(r.rolname::text, 'public') as role, a.privilege_type as verb
      from aclexplode(coalesce(${sql.ref(acl)}, acldefault(${sql.lit(kind)}, ${sql.ref(owner)}))) a
      left join pg_roles r on r.oid = a.grantee
     where a.grantee <> ${sql.ref(owner)} and a.privilege_type <> 'MAINTAIN'
  ) g`;

/**
 * Columns, rights, constraints, indices, triggers and policies. An index that belongs to a constraint is a part of it. That a
 * column isn't null is said with the column: PostgreSQL 18 lists it as a constraint too.
 */
export const tablesIn = sql`
  with held as materialized (
    select c.*, n.nspname, ${relation} as owner
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and n.nspname in ${ours}
       and ${notOfAnExtension("c.oid")}
  )
  select owner, 'itself' as part,
         case when relkind = 'S' then '' when relrowsecurity then 'row-level security'
              else 'no row-level security' end
         || case when relforcerowsecurity then ', forced' else '' end as is
    from held
  union all
  select owner, 'column ' || attname,
         format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
         || case attgenerated when 's' then ' stored ' when 'v' then ' virtual ' else ' ' end
         || case attidentity when '' then '' else 'identity ' || attidentity::text end
         || coalesce(pg_get_expr(adbin, adrelid), '')
    from held join pg_attribute on attrelid = held.oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
   where relkind <> 'S'
  union all
  select owner, 'right of ' || role, string_agg(verb || columns, ', ' order by (verb || columns) collate "C")
    from (select owner, g.role, g.verb, '' as columns
            from held, ${grants("relacl", "relowner", "r")} where relkind <> 'S'
          union all
          select owner, g.role, g.verb, ''
            from held, ${grants("relacl", "relowner", "s")} where relkind = 'S'
          union all
          select owner, g.role, g.verb, ' (' || string_agg(attname, ', ' order by attname collate "C") || ')'
            from held join pg_attribute a on a.attrelid = held.oid and attnum > 0 and not attisdropped,
                 ${grants("attacl", "relowner", "c")}
           group by 1, 2, 3) as granted
   where role in ${asked} group by owner, role
  union all
  select owner, 'constraint ' || conname,
         pg_get_constraintdef(k.oid) || case when i.indisvalid is false then ' NOT VALID' else '' end
    from held join pg_constraint k on conrelid = held.oid and contype in ('c', 'f', 'p', 'u', 'x')
    left join pg_index i on indexrelid = conindid and contype in ('p', 'u', 'x')
  union all
  select owner, 'index ' || x.relname,
         pg_get_indexdef(indexrelid) || case when indisvalid then '' else ' NOT VALID' end
    from held join pg_index on indrelid = held.oid join pg_class x on x.oid = indexrelid
   where not exists (select from pg_constraint
                      where conindid = indexrelid and contype in ('p', 'u', 'x'))
  union all
  select owner, 'trigger ' || tgname,
         pg_get_triggerdef(t.oid) || case when tgenabled = 'D' then ' DISABLED' else '' end
    from held join pg_trigger t on tgrelid = held.oid and not tgisinternal
  union all
  select owner, 'policy ' || polname,
         case when polpermissive then '' else 'restrictive ' end || polcmd::text || ' to '
         || array(select coalesce(rolname::text, 'public') from unnest(polroles) as role
                    left join pg_roles r on r.oid = role order by 1)::text
         || coalesce(' using ' || pg_get_expr(polqual, polrelid), '')
         || coalesce(' check ' || pg_get_expr(polwithcheck, polrelid), '')
    from held join pg_policy on polrelid = held.oid`;

/** Functions with their bodies' hashes, and who may use a schema. What everybody may do in public is the host's. */
export const whatElse = sql`
  with held as materialized (
    select p.*, ${fn} as owner
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ${ours} and ${notOfAnExtension("p.oid")}
  )
  select owner, 'itself' as part,
         pg_get_function_result(held.oid) || ', ' || lanname || ' ' || provolatile::text
         || case when prosecdef then ', security definer' else '' end
         || case when proisstrict then ', strict' else '' end
         || coalesce(', ' || array_to_string(proconfig, '; '), '')
         || ', body ' || md5(coalesce(pg_get_function_sqlbody(held.oid), prosrc)) as is
    from held join pg_language l on l.oid = prolang
  union all
  select owner, 'right of ' || role, string_agg(verb, ', ' order by verb collate "C")
    from held, ${grants("proacl", "proowner", "f")} where role in ${asked} group by owner, role
  union all
  select 'schema ' || nspname, 'itself', '' from pg_namespace where nspname in ${ours}
  union all
  select 'schema ' || nspname, 'right of ' || role, string_agg(verb, ', ' order by verb collate "C")
    from pg_namespace, ${grants("nspacl", "nspowner", "n")}
   where nspname in ${ours} and role in ${asked} and not (nspname = 'public' and role = 'public')
   group by nspname, role`;

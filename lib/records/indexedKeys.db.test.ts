import { sql } from "kysely";
import { expect, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";

const database = ownDatabase();

test("each foreign key leads an index, so nobody's own rows are found by reading everybody's", async () => {
  const { rows } = await sql<{ key: string }>`
    select c.conrelid::regclass || '.' || c.conname as key
      from pg_constraint c
     where c.contype = 'f' and not exists (
       select from pg_index i
        where i.indrelid = c.conrelid and i.indisvalid
          and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
          -- Of no use are rows that name nothing, so they may be left out.
          and (i.indpred is null
               or pg_get_expr(i.indpred, i.indrelid) = format('(%s IS NOT NULL)',
                    (select attname from pg_attribute where attrelid = c.conrelid and attnum = c.conkey[1]))))
     order by key`.execute(database.db);
  expect(rows).toEqual([]);
});

test("each index is valid, and none is there twice", async () => {
  const { rows } = await sql<{ name: string }>`
    select a.indexrelid::regclass::text as name
      from pg_index a
      join pg_class t on t.oid = a.indrelid
      join pg_namespace n on n.oid = t.relnamespace and n.nspname in ('public', 'private', 'identity')
     where not a.indisvalid or exists (
       select from pg_index b
        where b.indrelid = a.indrelid and b.indexrelid < a.indexrelid and b.indkey = a.indkey
          and b.indexprs is not distinct from a.indexprs and b.indpred is not distinct from a.indpred)`.execute(
    database.db,
  );
  expect(rows).toEqual([]);
});

-- Every request acts as one of the roles of the first file, so the database's owner has to be able to
-- SET ROLE to each. That file asks whether the owner is a member. Since PostgreSQL 16 this isn't enough:
-- whoever creates a role with CREATEROLE is its member at once, with ADMIN OPTION and without SET.
-- WITH SET is spelt out, since a grant of what is there already would leave its options as they are.
--
-- A grant that is refused (a host's own roles, or somebody else's) is no error here: perhaps the app
-- connects as another role. Each process proves at its start that it can become them, or says what to do.

do $$
declare
  role_name text;
  has_set constant boolean := current_setting('server_version_num')::integer >= 160000;
begin
  foreach role_name in array array['anon', 'authenticated', 'service_role'] loop
    if not pg_has_role(current_user, role_name, case when has_set then 'set' else 'member' end) then
      begin
        execute format('grant %I to current_user', role_name)
          || case when has_set then ' with set true' else '' end;
      exception when insufficient_privilege then
        raise notice '%', sqlerrm;
      end;
    end if;
  end loop;
end
$$;

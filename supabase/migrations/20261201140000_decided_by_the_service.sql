-- A process may run as a role that owns nothing, and then decides this as the service.
grant update (uid_host) on public.installation to service_role;

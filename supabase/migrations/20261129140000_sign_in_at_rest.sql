-- What stands in the tables of sign-in, or in a backup of them, opens nothing: tokens are kept as their
-- SHA-256 (base64url, as the app writes it). Cookies and bearers that exist go on.

update identity.session
set token = rtrim(translate(encode(sha256(convert_to(token, 'UTF8')), 'base64'), '+/', '-_'), '=');

update identity.verification
set identifier = rtrim(translate(encode(sha256(convert_to(identifier, 'UTF8')), 'base64'), '+/', '-_'), '=');

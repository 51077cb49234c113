/** The consent page of both stand-ins. Its form posts to the address that the page was opened at. */
import type { Account } from "#sandbox/accounts.ts";
import { type Html, markup } from "#sandbox/pages/html.ts";
import { page } from "#sandbox/pages/layout.ts";

export interface ConsentPage {
  provider: string;
  accounts: Account[];
  loginHint: string | null;
  /** `optional`: whether the person may leave the scope out. */
  scopes: { name: string; words: string; optional: boolean }[];
  /** What was wrong when an unusable form was submitted. */
  problem?: string;
}

function accountRow(account: Account, checked: boolean): Html {
  const mark = checked && markup` checked`;
  return markup`<label class="row"><input type="radio" name="account" value="${account.email}"${mark}>${account.email}</label>`;
}

function scopeRow(scope: ConsentPage["scopes"][number]): Html {
  if (!scope.optional) return markup`<li>${scope.words}</li>`;
  return markup`<label class="row"><input type="checkbox" name="granted_scope" value="${scope.name}" checked>${scope.words}</label>`;
}

export function consentPage(options: ConsentPage): string {
  const { provider, accounts, scopes } = options;
  const hint = options.loginHint?.toLowerCase() ?? null;
  const hinted = accounts.find((account) => account.email === hint);
  const selected = hinted ?? (hint ? undefined : accounts[0]);
  const fixed = scopes.filter((scope) => !scope.optional);
  const optional = scopes.filter((scope) => scope.optional);
  return page(
    `Sign in · ${provider}`,
    markup`<h1>Sign in to ${provider}</h1>
<p class="quiet"><strong>Segue</strong> wants to work with your ${provider} account.</p>
${options.problem ? markup`<p role="alert">${options.problem}</p>` : null}
<form method="post">
<fieldset><legend>Account</legend>
${accounts.map((account) => accountRow(account, account === selected))}
<label class="row"><input type="radio" name="account" value="other"${!selected && markup` checked`}>Use another account</label>
<label class="other">E-mail of the other account<input type="email" name="email" autocomplete="off" value="${selected ? "" : hint}"></label>
</fieldset>
<fieldset><legend>Segue will be able to</legend>
${fixed.length > 0 ? markup`<ul>${fixed.map(scopeRow)}</ul>` : null}
${optional.length > 0 ? markup`<input type="hidden" name="choose_scopes" value="1">${optional.map(scopeRow)}` : null}
</fieldset>
<div class="actions"><button class="main" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></div>
</form>`,
  );
}

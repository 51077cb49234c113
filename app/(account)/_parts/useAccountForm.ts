"use client";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { fieldOf, type Missing } from "./check.ts";

/** Holds a form's values. Each input shows its own error, whether found here or by the server. */
export function useAccountForm<Values extends { [Field in keyof Values]: string | null }>(
  initial: Values,
  checks: { [Field in keyof Values]?: (value: Values[Field]) => Missing | null },
) {
  const words = useTranslations("account.missing");
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<keyof Values, Missing | null>>>({});
  const { busy, problem, send, at } = useCall();
  const field = problem ? fieldOf(problem) : null;
  const hasField = field !== null && field in values;

  const change = useCallback(<Field extends keyof Values>(name: Field, value: Values[Field]) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors((before) => ({ ...before, [name]: null }));
  }, []);

  function isComplete(): boolean {
    const found: typeof errors = {};
    for (const name of Object.keys(checks) as (keyof Values)[]) {
      found[name] = checks[name]?.(values[name]) ?? null;
    }
    setErrors(found);
    return Object.values(found).every((error) => error === null);
  }

  function error(name: keyof Values): string | null {
    const missing: Missing | null | undefined = errors[name];
    if (missing) return words(missing);
    if (!hasField || field !== name) return null;
    return at(field) ?? problem?.sentence ?? null;
  }

  /** A refusal that isn't about any input of this form. */
  const general = problem && !hasField ? problem.sentence : null;
  return { values, change, isComplete, error, general, code: problem?.code, busy, send };
}

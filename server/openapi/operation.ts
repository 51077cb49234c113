import type { z } from "zod";
import type { Role } from "#lib/services/verb/context.ts";

export interface Operation {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** `{id}` stands for a parameter; `{who}` is an id or an e-mail address. */
  path: string;
  /** anyone: without sign-in. key-holder: with a signature or token that is independent of sign-in. */
  may: "anyone" | "key-holder" | "signed-in" | Role[];
  summary: string;
  body?: z.ZodType;
  /** The query parameters after the `?`. */
  query?: z.ZodObject;
  /** The answers by HTTP status; null: no body. */
  answers: Record<number, z.ZodType | null>;
}

/** [method, path, may, summary, answers, body, query] */
export type Row = [
  Operation["method"],
  string,
  Operation["may"],
  string,
  Operation["answers"],
  z.ZodType?,
  z.ZodObject?,
];

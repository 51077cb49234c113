import { notFound } from "next/navigation";
import { Refusal } from "#lib/services/verb/errors.ts";

/** Shows the not-found page for a record that doesn't exist or isn't this person's. */
export async function notFoundOr<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refusal && (error.status === 404 || error.status === 403)) notFound();
    throw error;
  }
}

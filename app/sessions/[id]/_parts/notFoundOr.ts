import { notFound } from "next/navigation";
import { Refusal } from "#lib/services/errors.ts";

/** What isn't there, or isn't theirs, becomes the page that says so. */
export async function notFoundOr<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refusal && (error.status === 404 || error.status === 403)) notFound();
    throw error;
  }
}

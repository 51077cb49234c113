"use client";
import { NextIntlClientProvider, useLocale } from "next-intl";
import type { ReactNode } from "react";

interface Props {
  now?: Date | undefined;
  /** IANA. */
  timeZone?: string | undefined;
  children: ReactNode;
}

/** Gives all that is inside it another time or zone. What isn't given stays as it is outside. */
export const TimeFrame = (props: Props) => (
  // The provider of a server component would send all texts once more. This one takes those from outside.
  <NextIntlClientProvider locale={useLocale()} {...props} />
);

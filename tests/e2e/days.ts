/** Days as pages write them: "Wed 18 November" and "Mi, 18. November". */
const parts = (day: Temporal.ZonedDateTime, language: string) => ({
  weekday: day.toLocaleString(language, { weekday: "short" }),
  month: day.toLocaleString(language, { month: "long" }),
});

export function englishDay(day: Temporal.ZonedDateTime): string {
  const { weekday, month } = parts(day, "en");
  return `${weekday} ${day.day} ${month}`;
}

export function germanDay(day: Temporal.ZonedDateTime): string {
  const { weekday, month } = parts(day, "de");
  return `${weekday}, ${day.day}. ${month}`;
}

/** The value of a `datetime-local` input. */
export const inputOf = (time: Temporal.ZonedDateTime): string =>
  time.toPlainDateTime().toString({ smallestUnit: "minute" });

/** "Wed 18 November" and "Mi, 18. November": days as pages write them. */
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

/** What a `datetime-local` input holds. */
export const inputOf = (time: Temporal.ZonedDateTime): string =>
  time.toPlainDateTime().toString({ smallestUnit: "minute" });

import { useTranslations } from "next-intl";
import { pagesOf } from "#components/frame/pages.ts";
import type { Destinations } from "#lib/services/sessions/destinations.ts";
import type { Role } from "#lib/services/verb/context.ts";
import type { Command } from "./commands.ts";

/** What people come to do, and the page on which it is done. */
const actionsOf = {
  tutor: [
    { name: "switch", href: "/tutor/video-setup" },
    { name: "addStudent", href: "/students" },
    { name: "answer", href: "/bookings" },
  ],
  student: [{ name: "book", href: "/bookings" }],
  admin: [{ name: "findTutor", href: "/support" }],
} as const satisfies Record<Role, unknown>;

/** The person's commands. `destinations` is null until it is read. */
export function useCommands(role: Role, destinations: Destinations | null): Command[] {
  const words = useTranslations("shell");
  const menu = useTranslations("commands");
  const { people = [], lessons = [] } = destinations ?? {};
  const page = (href: string, label: string, keys: string | null = null): Command => ({
    ...plain("pages", href, label, href),
    keys,
  });
  return [
    ...actionsOf[role].map(({ name, href }) =>
      plain("actions", name, menu(`actions.${name}`), href),
    ),
    ...pagesOf[role].map(({ href, name, key }) => page(href, words(name), `Alt+Shift+${key}`)),
    { ...page("/settings", words("settings")), also: menu("also.settings") },
    ...(role === "tutor"
      ? [
          {
            ...page("/tutor/video-setup", words("videoProvider")),
            also: menu("also.videoProvider"),
          },
        ]
      : []),
    ...people.map(({ id, name }) => plain("people", id, name, `/students/${id}`)),
    ...lessons.map(({ id, subject, name, startsAt }) => ({
      ...plain("lessons", id, menu("lesson", { subject, name }), `/sessions/${id}`),
      startsAt,
    })),
  ];
}

const plain = (group: Command["group"], id: string, label: string, href: string): Command => ({
  id,
  group,
  label,
  also: "",
  keys: null,
  startsAt: null,
  href,
});

import type { SessionStatus } from "#lib/records/sessions/rules.ts";
import type { LinkState } from "#lib/services/views.ts";

export const sessionWords = {
  title: "Sessions",
  next: "Next lesson",
  upcoming: "Upcoming",
  past: "Past and cancelled",
  join: "Join",
  opensAt: (when: string) => `Opens at ${when}`,
  opensIn: (countdown: string) => `Join opens in ${countdown}`,
  open: "The room is open.",
  with: (name: string) => `with ${name}`,
  named: (subject: string, name: string, when: string) => `${subject} with ${name}, ${when}`,
  more: (count: number) => `Show ${count} more`,
  empty: {
    tutor: {
      title: "No lessons ahead",
      text: "As soon as you accept a booking, its lessons stand here, each with its room.",
      action: "See bookings",
    },
    student: {
      title: "No lessons ahead",
      text: "Book a lesson; when your tutor accepts it, you join it from here.",
      action: "Book a lesson",
    },
  },
  emptyPast: "Nothing yet.",
  status: {
    SCHEDULED: "Scheduled",
    JOIN_OPEN: "Open now",
    COMPLETED: "Completed",
    CANCELLED: "Cancelled",
    NO_SHOW: "Student didn’t come",
  } satisfies Record<SessionStatus, string>,
  link: {
    ready: null,
    preparing: "Room is being prepared",
    waiting: "Waiting for the tutor’s video provider",
    failed: "The provider refused to make a room",
    over: null,
  } satisfies Record<LinkState, string | null>,
  linkForTutor: {
    waiting: "Waiting for your video provider",
    failed: "Failed to create meeting",
    action: "Open Video Provider",
  },
  change: {
    menu: (lesson: string) => `Change ${lesson}`,
    reschedule: "Reschedule",
    rescheduleTitle: (lesson: string) => `Reschedule ${lesson}`,
    rescheduleHint: "The link stays the same; the student is told.",
    newStart: "New date and time",
    noDate: "Enter a date and a time.",
    save: "Move lesson",
    cancel: "Cancel lesson",
    cancelTitle: "Cancel this lesson?",
    cancelText: (lesson: string) =>
      `${lesson} will be cancelled and its room closed. The student is told. This can’t be taken back.`,
    noShow: "Student didn’t come",
    noShowTitle: "Did the student not come?",
    noShowText: (lesson: string) => `${lesson} will be marked “Student didn’t come”.`,
    noShowAction: "Mark as missed",
    done: {
      reschedule: (when: string) => `The lesson is now ${when}.`,
      cancel: "The lesson is cancelled.",
      noShow: "Marked as missed.",
    },
  },
};

export const waitingWords = {
  title: "Lesson",
  early: "You’re early",
  earlyText: (when: string) => `The room opens at ${when}. Stay here: it opens by itself.`,
  preparing: "Room is being prepared",
  preparingText: "This takes a few seconds. Stay here: it opens by itself.",
  waiting: "Waiting for the tutor’s video provider",
  waitingText: (tutor: string) =>
    `${tutor} has to connect a video provider before there is a room. This page opens it by itself as soon as it is there.`,
  waitingForTutor: "Connect your video provider, and the room is made right away.",
  failed: "There is no room yet",
  failedText: (tutor: string) =>
    `The provider refused to make one. ${tutor} can see why; this page opens the room by itself as soon as it is there.`,
  failedForTutor: "The provider refused to make one. Video Provider says why, and what to do.",
  cancelled: "This lesson is cancelled",
  cancelledText:
    "If you think this is a mistake, ask the other side. Other lessons stand under Sessions.",
  over: "This lesson is over",
  overText: "Your next ones stand under Sessions.",
  open: "The room is open",
  openText: "If it doesn’t open by itself, press Join.",
  letIn: "Your tutor may have to let you in.",
  back: "Back to sessions",
};

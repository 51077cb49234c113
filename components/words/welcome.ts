export const welcomeWords = {
  title: "Change the room. Keep the lesson.",
  lead: "Segue moves every future lesson when a tutor switches between Zoom and Google Meet. The new room is ready before the old one goes, and each student’s link stays the same.",
  picture:
    "Three lessons change rooms: the first is in its new room already, the second is just fading over, the third waits its turn in the old room.",
  rows: [
    { time: "16:00", subject: "Algebra" },
    { time: "17:00", subject: "French" },
    { time: "18:30", subject: "Physics" },
  ],
};

export const settingsWords = {
  title: "Settings",
  profile: "Profile",
  save: "Save changes",
  saved: "Saved.",
  video: "Video Provider",
  videoText: "Where your lessons happen, and moving them to another provider.",
  videoAction: "Open Video Provider",
};

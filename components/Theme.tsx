"use client";
import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { theme, variables } from "./theme.ts";

/** The kit's own buttons without a text are nameless, or named in English, until they are named here. */
export function Theme({ children }: { children: ReactNode }) {
  const words = useTranslations("shell");
  const named = useMemo(() => {
    const closeButtonProps = { "aria-label": words("close") };
    const visibilityToggleButtonProps = { "aria-label": words("showPassword") };
    const components = {
      Modal: { defaultProps: { closeButtonProps } },
      Notification: { defaultProps: { closeButtonProps } },
      PasswordInput: {
        // The kit leaves it out of the tab order; what a mouse can do, a keyboard can too.
        defaultProps: { visibilityToggleFocusable: true, visibilityToggleButtonProps },
      },
    };
    return mergeThemeOverrides(theme, { components });
  }, [words]);
  return (
    <MantineProvider theme={named} cssVariablesResolver={variables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}

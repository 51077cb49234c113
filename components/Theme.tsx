"use client";
import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { theme, variables } from "./theme.ts";

interface Props {
  nonce: string;
  children: ReactNode;
}

/** The kit's own buttons without a text have no name, or an English one, until they are named here. */
export function Theme({ nonce, children }: Props) {
  // A page that is read again brings the nonce of that request, but the document keeps its first policy.
  const [documentNonce] = useState(nonce);
  const words = useTranslations("shell");
  const named = useMemo(() => {
    const closeButtonProps = { "aria-label": words("close") };
    const visibilityToggleButtonProps = { "aria-label": words("showPassword") };
    const components = {
      Modal: { defaultProps: { closeButtonProps } },
      Notification: { defaultProps: { closeButtonProps } },
      PasswordInput: {
        // The kit leaves this button out of the tab order, but a keyboard should do all that a mouse can.
        defaultProps: { visibilityToggleFocusable: true, visibilityToggleButtonProps },
      },
    };
    return mergeThemeOverrides(theme, { components });
  }, [words]);
  return (
    <MantineProvider
      theme={named}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => documentNonce}
    >
      {children}
    </MantineProvider>
  );
}

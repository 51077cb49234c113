"use client";
import { MenuItem, type MenuProps } from "@mantine/core";
import { IconUserCircle, IconVideo } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DropMenu } from "#components/onDemand/DropMenu.tsx";
import type { MenuOf } from "#components/onDemand/useMenu.ts";
import type { Role } from "#lib/services/verb/context.ts";

interface Props {
  menu: MenuOf;
  role: Role;
  toReconnect: string | null;
  position: MenuProps["position"];
}

export function SettingsItems({ menu, role, toReconnect, position }: Props) {
  const words = useTranslations("shell");
  return (
    <DropMenu {...menu} position={position}>
      <MenuItem component={Link} href="/settings" leftSection={<IconUserCircle size={16} />}>
        {words("profile")}
      </MenuItem>
      {role === "tutor" ? (
        <MenuItem
          component={Link}
          href="/tutor/video-setup"
          aria-label={
            toReconnect
              ? words("needsReconnect", { name: words("videoProvider"), provider: toReconnect })
              : undefined
          }
          leftSection={
            <span className="navIcon" data-marked={toReconnect !== null || undefined}>
              <IconVideo size={16} />
            </span>
          }
        >
          {words("videoProvider")}
        </MenuItem>
      ) : null}
    </DropMenu>
  );
}

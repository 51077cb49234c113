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
  position: MenuProps["position"];
}

export function SettingsItems({ menu, role, position }: Props) {
  const words = useTranslations("shell");
  return (
    <DropMenu {...menu} position={position}>
      <MenuItem component={Link} href="/settings" leftSection={<IconUserCircle size={16} />}>
        {words("profile")}
      </MenuItem>
      {role === "tutor" ? (
        <MenuItem component={Link} href="/tutor/video-setup" leftSection={<IconVideo size={16} />}>
          {words("videoProvider")}
        </MenuItem>
      ) : null}
    </DropMenu>
  );
}

import type { Plugin } from 'vite';

export const locales: string[];
export function usedMessages(folders: string[]): string[];
export function appMessages(): string[];
export function serverMessages(): string[];
export function publicMessages(): string[];
export function readPo(locale: string): Map<string, string>;
export function messageFiles(used: () => string[]): Plugin;

import { findByRole, fireEvent, waitFor } from '@testing-library/dom';
import { expect, it, vi } from 'vitest';
import { render } from '../../test/render';
import { Menu } from '.';

// jsdom has none, and React Aria finds the actions by it.
vi.stubGlobal('CSS', { escape: (text: string) => text });

const chosen = vi.fn();
const actions = [
  { id: 'copy', label: 'Duplicate', onAction: () => chosen('copy') },
  { id: 'trash', label: 'Move to the trash', isDangerous: true, onAction: () => chosen('trash') },
];

const opened = (place: HTMLElement) => findByRole(place.ownerDocument.body, 'menu', { name: 'More' });

it('opens by a press, acts, and gives the focus back', async () => {
  const place = render(<Menu label="More" actions={actions} />);
  const button = await findByRole(place, 'button', { name: 'More' });

  expect(button.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(button, { detail: 1 });
  const menu = await opened(place);
  expect(button.getAttribute('aria-expanded')).toBe('true');
  fireEvent.click(await findByRole(menu, 'menuitem', { name: 'Move to the trash' }));
  expect(chosen.mock.lastCall).toEqual(['trash']);
  await waitFor(() => expect(button.getAttribute('aria-expanded')).toBe('false'));
  await waitFor(() => expect(document.activeElement).toBe(button));
});

it('opens at its first or last action by keyboard', async () => {
  const place = render(<Menu label="More" actions={actions} />);

  for (const [key, name] of [['ArrowDown', 'Duplicate'], ['ArrowUp', 'Move to the trash']] as const) {
    fireEvent.keyDown(await findByRole(place, 'button', { name: 'More' }), { key });
    const menu = await opened(place);
    await waitFor(() => expect(document.activeElement?.textContent).toBe(name));
    fireEvent.keyDown(document.activeElement ?? menu, { key: 'Escape' });
    await waitFor(() => expect(menu.isConnected).toBe(false));
  }
});

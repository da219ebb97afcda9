import { expect, it } from 'vitest';
import { framedAddress } from './frame-hosts';

const hosts = 'videos.example.org, *.cartes.example.fr 127.0.0.1:8080';

it('shows pages of the hosts that are named, and of no other', () => {
  expect(framedAddress('https://videos.example.org/v/3?a=1', hosts, true)).toBe('https://videos.example.org/v/3?a=1');
  expect(framedAddress('<iframe src="https://nord.cartes.example.fr/x"></iframe>', hosts, true)).toBe('https://nord.cartes.example.fr/x');
  expect(framedAddress('http://127.0.0.1:8080/page', hosts, false)).toBe('http://127.0.0.1:8080/page');
});

it.each(['https://evil.example', 'https://videos.example.org.evil.example/', 'https://cartes.example.fr/', 'http://videos.example.org/', 'javascript:alert(1)', 'https://127.0.0.1/', 'nonsense', ''])('never shows %s', (address) => {
  expect(framedAddress(address, hosts, true)).toBeNull();
});

it('shows nothing when no host is named', () => {
  expect(framedAddress('https://videos.example.org/', '', true)).toBeNull();
});

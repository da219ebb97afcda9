// The first visit: language, account, data. Three screens, and Enter moves on.
import { useState } from 'react';
import { useLocation } from 'wouter';
import { BarePage } from '../frame';
import { AccountScreen } from './account-screen';
import { DataScreen } from './data-screen';
import { LanguageScreen } from './language-screen';

const screens = ['language', 'account', 'data'] as const;

export function SetupPage() {
  const [, go] = useLocation();
  const [step, setStep] = useState(0);
  const next = () => setStep(step + 1);
  const screen = screens[step];

  return (
    <BarePage>
      {screen === 'language' && <LanguageScreen onNext={next} />}
      {screen === 'account' && <AccountScreen onNext={next} onBack={() => setStep(0)} />}
      {screen === 'data' && <DataScreen onDone={(address) => go(address)} />}
    </BarePage>
  );
}

// The screens of second proof and points, fetched together.
import './activities-screens.ts';
import './ask-card-screen.ts';
import './card-problem-screen.ts';
import './enter-pin-screen.ts';
import './points-screen.ts';

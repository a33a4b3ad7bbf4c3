// The screens of surveys and published answers, fetched together.
import './answers-screens.ts';
import './survey-screens.ts';

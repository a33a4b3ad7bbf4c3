// The screens of whoever chooses or owns a home, fetched together.
import './hand-over-screens.ts';
import './my-homes-screen.ts';
import './shortlist-screens.ts';

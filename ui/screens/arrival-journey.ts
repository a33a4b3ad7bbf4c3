// What is needed as soon as somebody stands here: fetched right after the waiting screen, before any journey.
import '../elements/k-idle-warning.ts';
import '../elements/k-invitation.ts';
import './checked-in-screen.ts';
import './checking-card-screen.ts';
import './home-screen.ts';
import './out-of-service-screen.ts';

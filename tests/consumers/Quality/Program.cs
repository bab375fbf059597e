using Touchstone.Quality.Categorical;

// Three contributors answer four items; who is right, and how sure is that?

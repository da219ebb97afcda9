/* Common names, so that none points to somebody. */
#include "etl/fake.h"

// clang-format off
const char *const fake_first_names[] = {
    "Adèle", "Agathe", "Alice", "Amélie", "Anaïs", "Anne", "Antoine", "Arthur", "Aurélie",
    "Baptiste", "Benoît", "Bernard", "Brigitte", "Camille", "Catherine", "Cécile", "Céline",
    "Charlotte", "Christian", "Claire", "Clara", "Clément", "Colette", "Corinne", "Damien",
    "Daniel", "David", "Denis", "Didier", "Dominique", "Édouard", "Élise", "Élodie", "Émilie",
    "Emma", "Éric", "Estelle", "Étienne", "Fabien", "Fatima", "Florence", "Franck", "François",
    "Gabriel", "Gaëlle", "Gérard", "Guillaume", "Hélène", "Henri", "Hugo", "Ibrahim", "Inès",
    "Isabelle", "Jacques", "Jeanne", "Jérôme", "Joseph", "Julie", "Julien", "Karim", "Laura",
    "Laurent", "Léa", "Léo", "Louis", "Louise", "Lucas", "Lucie", "Malik", "Manon", "Marc",
    "Marcel", "Margaux", "Marie", "Mathilde", "Mathis", "Maxime", "Michel", "Mohamed", "Monique",
    "Nadia", "Nathalie", "Nicolas", "Noémie", "Olivier", "Pascal", "Patricia", "Paul", "Pauline",
    "Philippe", "Pierre", "Quentin", "Raphaël", "Rémi", "Robert", "Romain", "Sabrina", "Samuel",
    "Sandrine", "Sarah", "Sébastien", "Simon", "Solène", "Sophie", "Stéphane", "Sylvie", "Théo",
    "Thomas", "Valérie", "Victor", "Vincent", "Virginie", "Xavier", "Yann", "Yasmine", "Yves",
    "Zoé",
};
const size_t fake_first_name_count = COUNT_OF(fake_first_names);

const char *const fake_last_names[] = {
    "Adam", "André", "Arnaud", "Aubert", "Bailly", "Barbier", "Baron", "Benoît", "Berger",
    "Bernard", "Bertrand", "Besson", "Blanc", "Blanchard", "Bonnet", "Boucher", "Bourgeois",
    "Boyer", "Brun", "Brunet", "Carpentier", "Charles", "Chevalier", "Clément", "Colin",
    "Collet", "Da Silva", "David", "Delaunay", "Denis", "Deschamps", "Diallo", "Dubois",
    "Dufour", "Dumas", "Dumont", "Dupont", "Dupuis", "Durand", "Duval", "Fabre", "Faure",
    "Fernandez", "Fleury", "Fontaine", "Fournier", "François", "Gaillard", "Garcia", "Garnier",
    "Gauthier", "Gautier", "Gérard", "Girard", "Giraud", "Guérin", "Guillaume", "Guillot",
    "Haddad", "Henry", "Hubert", "Huet", "Humbert", "Jacquet", "Jean", "Joly", "Julien", "Klein",
    "Lacroix", "Lambert", "Laurent", "Le Goff", "Leclerc", "Lefebvre", "Legrand", "Lemaire",
    "Leroux", "Leroy", "Lopez", "Louis", "Maillard", "Marchand", "Marie", "Martin", "Martinez",
    "Masson", "Mathieu", "Mercier", "Meunier", "Meyer", "Michel", "Moreau", "Morel", "Morin",
    "Moulin", "Muller", "Nguyen", "Nicolas", "Noël", "Olivier", "Paris", "Perez", "Perrin",
    "Petit", "Philippe", "Picard", "Pierre", "Renaud", "Rey", "Richard", "Rivière", "Robert",
    "Robin", "Roche", "Roussel", "Roux", "Roy", "Sanchez", "Simon", "Thomas", "Traoré", "Vidal",
    "Vincent",
};
const size_t fake_last_name_count = COUNT_OF(fake_last_names);

const char *const fake_cities[] = {
    "Agen", "Aix-en-Provence", "Ajaccio", "Albi", "Alençon", "Amiens", "Angers", "Angoulême",
    "Annecy", "Arras", "Auch", "Aurillac", "Auxerre", "Avignon", "Bayonne", "Beauvais",
    "Belfort", "Besançon", "Blois", "Bordeaux", "Bourg-en-Bresse", "Bourges", "Brest", "Caen",
    "Cahors", "Cannes", "Carcassonne", "Chambéry", "Charleville-Mézières", "Chartres",
    "Châteauroux", "Cholet", "Clermont-Ferrand", "Colmar", "Digne-les-Bains", "Dijon",
    "Dunkerque", "Épinal", "Évreux", "Foix", "Gap", "Grenoble", "Guéret", "La Rochelle", "Laon",
    "Laval", "Le Havre", "Le Mans", "Le Puy-en-Velay", "Lille", "Limoges", "Lorient", "Lyon",
    "Mâcon", "Marseille", "Melun", "Mende", "Metz", "Montauban", "Montpellier", "Moulins",
    "Mulhouse", "Nancy", "Nantes", "Narbonne", "Nevers", "Nice", "Nîmes", "Niort", "Orléans",
    "Pau", "Périgueux", "Perpignan", "Poitiers", "Privas", "Quimper", "Reims", "Rennes",
    "Roanne", "Rodez", "Rouen", "Saint-Brieuc", "Saint-Denis", "Saint-Étienne", "Saint-Malo",
    "Saint-Quentin", "Strasbourg", "Tarbes", "Toulon", "Toulouse", "Tours", "Troyes", "Tulle",
    "Valence", "Vannes", "Vesoul", "Vienne",
};
const size_t fake_city_count = COUNT_OF(fake_cities);
// clang-format on

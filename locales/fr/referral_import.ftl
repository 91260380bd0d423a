# Recommandations importées d’un fichier.

import-title = Importer des recommandations
import-intro = Créez et modifiez des recommandations avec un fichier aux colonnes de l’export. Rien ne se passe avant que vous ayez vu l’effet de chaque ligne.
import-rows = Lignes
import-rows-hint = Collez un CSV avec son en-tête ; virgules, points-virgules ou tabulations. 1 000 lignes au maximum.
import-file = Fichier
import-file-hint = Un fichier CSV avec sa ligne d’en-tête, en UTF-8 ; 1 000 lignes et 1 Mo au plus.
import-file-check = Vérifier le fichier
import-file-none = Choisissez un fichier.
import-file-long = Choisissez un fichier de 1 Mo au plus.
import-file-type = Choisissez un fichier CSV en UTF-8. Dans un tableur : Enregistrer sous, CSV UTF-8.
import-columns = Quelles colonnes ?
import-columns-text = Les lignes sans Referral ID deviennent vos propres opportunités ; il leur faut le nom de l’affaire, le client, le pays, la valeur, la devise et l’échéance. Les lignes avec un identifiant modifient ce qui diffère. Les dates s’écrivent 2026-11-30 ou 11/30/2026 ; une personne à contacter exige Consent « Yes ».
import-headless = La première ligne doit nommer les colonnes, comme dans un export.
import-empty = Il n’y a aucune ligne sous l’en-tête.
import-many = Importez 1 000 lignes au maximum à la fois.
import-check = Vérifier
import-check-again = Vérifier à nouveau
import-run = { $count ->
    [one] Importer { $shown } ligne
   *[other] Importer { $shown } lignes
  }
import-dry-run = Ce qui se passerait
import-summary = Créées : { $created } ; modifiées : { $updated } ; inchangées : { $same } ; écartées : { $wrong }.
import-unknown = Colonnes qui ne sont pas lues : { $columns }.
import-row = Ligne
import-row-number = Ligne { $row }
import-referral = Recommandation
import-would-create = Créée
import-would-update = Modifiée
import-would-same = Inchangée
import-would-wrong = Écartée
import-more = Seules les 200 premières sont affichées.
import-not-found = Vous n’avez aucune recommandation portant cet identifiant. Laissez la cellule vide pour en créer une.
import-twice = Cet identifiant figure déjà dans une ligne précédente.
import-new-state = Une nouvelle opportunité est acceptée d’office ; laissez la cellule vide.
import-state = La recommandation ne peut pas passer de son état actuel à celui-ci.
import-reason = Indiquez l’un des motifs qu’un export montre pour cet état.
import-masked = Acceptez d’abord la recommandation ; avant cela, seule la réponse peut être importée.
import-closed = La recommandation est close et ne peut plus être modifiée.
import-consent = Une personne à contacter exige son accord : indiquez Yes.
import-term = Utilisez les clés qu’un export montre.
import-team = Indiquez des adresses de collègues de ce compte, séparées par des virgules.
import-overtaken = Quelqu’un a modifié cette recommandation entre-temps, ou il n’est plus possible d’y répondre. Consultez-la, puis importez la ligne à nouveau.
import-result = Import de recommandations
import-result-summary = Créées : { $created } ; modifiées : { $updated } ; écartées : { $failed }.
import-failed = Écartées
import-errors-file = Télécharger pour corriger (CSV)
import-done = Créées et modifiées
import-undo = Annuler l’import
import-undo-effect = Les modifications sont reprises et ce qui a été créé est clos. Ce sur quoi quelqu’un a travaillé depuis reste tel quel.
import-undone = L’import est annulé
import-left = { $count ->
    [one] { $shown } recommandation est restée telle quelle, parce que quelqu’un y a travaillé ou que son état ne permet pas de retour.
   *[other] { $shown } recommandations sont restées telles quelles, parce que quelqu’un y a travaillé ou que leur état ne permet pas de retour.
  }
import-left-one = Restée telle quelle

audit-referrals-import = a importé des recommandations
audit-referrals-undo = a annulé un import de recommandations

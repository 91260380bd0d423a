//! Check digits, one function a number. Each gets what looks right: length and kinds of characters
//! are known to hold.

/// The value of a digit; of a letter, its distance from zero in ASCII (as the CNPJ counts).
fn value(c: char) -> u32 {
    u32::from(c).saturating_sub(u32::from('0'))
}

/// The first characters, each multiplied by its weight, added up.
fn weighted(number: &str, weights: &[u32]) -> u32 {
    number.chars().zip(weights).map(|(c, weight)| value(c) * weight).sum()
}

/// The value of the character at a place, counted from 0.
fn at(number: &str, place: usize) -> u32 {
    number.chars().nth(place).map_or(u32::MAX, value)
}

/// Luhn: every second digit from the right doubled; the sum of all digits ends in 0.
fn luhn(number: &str) -> bool {
    let sum: u32 = number
        .chars()
        .rev()
        .map(value)
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Twelve letters or digits (letters since July 2026) and two check digits.
pub fn looks_like_cnpj(number: &str) -> bool {
    number.len() == 14
        && number.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && number.bytes().skip(12).all(|b| b.is_ascii_digit())
}

/// Brazil, CNPJ: two check digits modulo 11, the second over the first.
pub fn cnpj(number: &str) -> bool {
    let check = |sum: u32| (11 - sum % 11) % 11 % 10;
    let first = check(weighted(number, &[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
    let second = check(weighted(number, &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
    first == at(number, 12) && second == at(number, 13)
}

/// Poland, NIP: modulo 11; a rest of 10 is never given out.
pub fn nip(number: &str) -> bool {
    weighted(number, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == at(number, 9)
}

/// Belarus, UNP of organisations: a region from 1 to 7; modulo 11, a rest of 10 is never given out.
pub fn unp(number: &str) -> bool {
    (1..=7).contains(&at(number, 0)) && weighted(number, &[29, 23, 19, 17, 13, 7, 5, 3]) % 11 == at(number, 8)
}

/// Hungary: eight digits, the last a check; then perhaps the kind of taxation (1 to 5) and the
/// county.
pub fn hungarian(number: &str) -> bool {
    weighted(number, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10) && (number.len() == 8 || (1..=5).contains(&at(number, 8)))
}

/// Russia, INN: ten digits with one check for companies, twelve with two for entrepreneurs.
pub fn inn(number: &str) -> bool {
    let check = |weights: &[u32]| weighted(number, weights) % 11 % 10;
    if number.len() == 10 {
        return check(&[2, 4, 10, 3, 5, 9, 4, 6, 8]) == at(number, 9);
    }
    check(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == at(number, 10) && check(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == at(number, 11)
}

/// Turkey, VKN: each digit shifted by its place, scaled by a power of two modulo 9.
pub fn vkn(number: &str) -> bool {
    let sum: u32 = (0..9)
        .map(|place| {
            let distance = 9 - place;
            let shifted = (at(number, place) + u32::try_from(distance).unwrap_or(0)) % 10;
            match (shifted, (shifted << distance) % 9) {
                (0, _) => 0,
                (_, 0) => 9,
                (_, rest) => rest,
            }
        })
        .sum();
    (10 - sum % 10) % 10 == at(number, 9)
}

/// Ukraine, EDRPOU: the weights depend on the first digit and grow by two where the rest is 10.
pub fn edrpou(number: &str) -> bool {
    let weights: [u32; 7] = if (3..=5).contains(&at(number, 0)) { [7, 1, 2, 3, 4, 5, 6] } else { [1, 2, 3, 4, 5, 6, 7] };
    let rest = match weighted(number, &weights) % 11 {
        10 => weighted(number, &weights.map(|weight| weight + 2)) % 11 % 10,
        rest => rest,
    };
    rest == at(number, 7)
}

/// South Africa, tax reference number: Luhn, and first digits that are given out.
pub fn south_african(number: &str) -> bool {
    [0, 1, 2, 3, 9].contains(&at(number, 0)) && luhn(number)
}

/// Thailand: modulo 11 with falling weights; none begins with 9.
pub fn thai(number: &str) -> bool {
    let sum = weighted(number, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    at(number, 0) != 9 && (11 - sum % 11) % 10 == at(number, 12)
}

/// France: Luhn over the SIREN, and over the SIRET; the establishments of La Poste add up to a
/// multiple of 5 instead.
pub fn siren(number: &str) -> bool {
    const LA_POSTE: &str = "356000000";
    let sum: u32 = number.chars().map(value).sum();
    match number.split_at_checked(9) {
        Some((siren, "")) => luhn(siren),
        Some((siren, _)) => luhn(siren) && (luhn(number) || (siren == LA_POSTE && sum.is_multiple_of(5))),
        None => false,
    }
}

/// United States, EIN: no check digit, but some first pairs are never given out.
pub fn ein(number: &str) -> bool {
    const NEVER: [&str; 17] = ["00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89", "96", "97"];
    !NEVER.iter().any(|pair| number.starts_with(pair))
}

/// Kazakhstan, BIN and IIN: modulo 11, with a second row of weights where the rest is 10.
pub fn bin(number: &str) -> bool {
    let rest = match weighted(number, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11 {
        10 => weighted(number, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11,
        rest => rest,
    };
    rest == at(number, 11)
}

/// Moldova, IDNO: weights 7, 3, 1, modulo 10.
pub fn idno(number: &str) -> bool {
    weighted(number, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10 == at(number, 12)
}

/// Venezuela, RIF: a letter for the kind of holder (J and G are companies, C communes) and nine
/// digits.
pub fn looks_like_rif(number: &str) -> bool {
    number.len() == 10 && number.starts_with(['C', 'E', 'G', 'J', 'P', 'V']) && number.bytes().skip(1).all(|b| b.is_ascii_digit())
}

/// Venezuela, RIF: modulo 11 over the letter's value and eight digits.
pub fn rif(number: &str) -> bool {
    let holder = match number.chars().next() {
        Some('V') => 4,
        Some('E') => 8,
        Some('J' | 'C') => 12,
        Some('P') => 16,
        _ => 20,
    };
    let sum = holder + weighted(&number[1..], &[3, 2, 7, 6, 5, 4, 3, 2]);
    let check = match 11 - sum % 11 {
        10 | 11 => 0,
        check => check,
    };
    check == at(number, 9)
}

/// Vietnam: ten digits with a check, then perhaps three for a branch.
pub fn vietnamese(number: &str) -> bool {
    let sum = weighted(number, &[31, 29, 23, 19, 17, 13, 7, 5, 3]);
    10 - sum % 11 == at(number, 9) && !number[10..].starts_with("000")
}

/// The letters and digits of the Chinese unified credit code, by value: those that look alike are
/// left out.
const USCC: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// China, unified social credit code: 18 characters.
pub fn looks_like_uscc(number: &str) -> bool {
    number.chars().count() == 18 && number.chars().all(|c| USCC.contains(c)) && number.chars().skip(2).take(6).all(|c| c.is_ascii_digit())
}

/// China, unified social credit code: weights are powers of 3 modulo 31.
pub fn uscc(number: &str) -> bool {
    let position = |c: char| u32::try_from(USCC.find(c).unwrap_or(0)).unwrap_or(0);
    let mut weight = 1;
    let mut sum = 0;
    for c in number.chars().take(17) {
        sum += position(c) * weight;
        weight = weight * 3 % 31;
    }
    number.chars().nth(17).is_some_and(|check| position(check) == (31 - sum % 31) % 31)
}

//! What the seed enters: one provider, five patients, and what happened to them. All of it is invented.

use crate::schema::{AllergySeverity, AppointmentStatus, AppointmentType, Sex};

/// A patient, and everything below.
pub(super) struct Patient {
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub born: &'static str,
    pub sex: Sex,
    pub phone: &'static str,
    pub email: &'static str,
    pub address: &'static str,
    pub city: &'static str,
    pub state: &'static str,
    pub zip_code: &'static str,
    /// Name and telephone number.
    pub emergency: (&'static str, &'static str),
    /// The insurer and the policy's number; nothing for somebody who pays by themselves.
    pub insurance: Option<(&'static str, &'static str)>,
    pub notes: Option<&'static str>,
    /// Allergen, severity, reaction.
    pub allergies: &'static [(&'static str, AllergySeverity, &'static str)],
    /// Condition, since when, notes.
    pub conditions: &'static [(&'static str, &'static str, &'static str)],
    pub appointments: &'static [Appointment],
}

pub(super) struct Appointment {
    pub at: &'static str,
    pub kind: AppointmentType,
    pub status: AppointmentStatus,
    pub reason: &'static str,
    /// What came of it; only a completed appointment has a visit.
    pub visit: Option<&'static Visit>,
}

pub(super) struct Visit {
    pub complaint: &'static str,
    pub subjective: &'static str,
    pub objective: &'static str,
    pub assessment: &'static str,
    pub plan: &'static str,
    /// Systolic, diastolic, heart rate, respiratory rate, oxygen saturation.
    pub measured: [i32; 5],
    /// Temperature, weight, height.
    pub body: [&'static str; 3],
    /// Name, severity, duration.
    pub symptoms: &'static [(&'static str, i32, &'static str)],
    /// Medication, dosage, frequency, duration, quantity, refills.
    pub prescriptions:
        &'static [(&'static str, &'static str, &'static str, &'static str, &'static str, i32)],
}

use AllergySeverity::{LifeThreatening, Mild, Moderate, Severe};
use AppointmentStatus::{Cancelled, CheckedIn, Completed, InProgress, NoShow, Scheduled};
use AppointmentType::{FollowUp, NewPatient, RoutineCheckup, SickVisit, Telehealth};

/// The patients, in the order in which they came to the clinic.
pub(super) const PATIENTS: &[Patient] = &[
    Patient {
        first_name: "Margaret",
        last_name: "Okafor",
        born: "1951-04-17",
        sex: Sex::Female,
        phone: "+1-555-0101",
        email: "margaret.okafor@example.org",
        address: "12 Linden Court",
        city: "Springfield",
        state: "IL",
        zip_code: "62701",
        emergency: ("Daniel Okafor", "+1-555-0102"),
        insurance: Some(("Medicare", "1EG4-TE5-MK72")),
        notes: Some("Hard of hearing on the left; speak to the right side."),
        allergies: &[
            ("Penicillin", Severe, "Hives and swelling of the face"),
            ("Sulfonamides", Moderate, "Rash on the trunk"),
        ],
        conditions: &[
            ("Essential hypertension", "2009-03-02", "Well controlled on lisinopril"),
            ("Type 2 diabetes mellitus", "2014-11-20", "HbA1c twice a year"),
        ],
        appointments: &[
            Appointment {
                at: "2030-01-14T09:00:00Z",
                kind: RoutineCheckup,
                status: Completed,
                reason: "Quarterly diabetes and blood pressure review",
                visit: Some(&Visit {
                    complaint: "Diabetes and hypertension review",
                    subjective: "Feels well. Checks her glucose each morning, mostly 6.5 to 7.8 mmol/L. No dizziness, no \
                                 chest pain. Some tingling in both feet in the evening.",
                    objective: "Alert, comfortable. Heart regular, lungs clear. Reduced vibration sense at both great toes; \
                                skin of the feet intact. HbA1c 7.1 %.",
                    assessment: "Type 2 diabetes at target. Early distal symmetric polyneuropathy. Hypertension slightly \
                                 above target.",
                    plan: "Lisinopril raised from 10 to 20 mg. Foot care explained. Potassium and creatinine in two weeks. \
                           Review in three months.",
                    measured: [146, 84, 76, 16, 97],
                    body: ["36.6", "74.5", "162.0"],
                    symptoms: &[("Tingling in both feet", 3, "Two months")],
                    prescriptions: &[
                        ("Lisinopril", "20 mg", "Once daily", "90 days", "90 tablets", 3),
                        (
                            "Metformin",
                            "1000 mg",
                            "Twice daily with meals",
                            "90 days",
                            "180 tablets",
                            3,
                        ),
                    ],
                }),
            },
            Appointment {
                at: "2030-01-28T09:30:00Z",
                kind: FollowUp,
                status: Completed,
                reason: "Blood pressure and laboratory results after the change of dose",
                visit: Some(&Visit {
                    complaint: "Follow-up after raising lisinopril",
                    subjective: "No cough, no dizziness on standing. Home readings around 130/78.",
                    objective: "Potassium 4.4 mmol/L, creatinine 78 µmol/L, both unchanged.",
                    assessment: "Hypertension at target on lisinopril 20 mg, tolerated well.",
                    plan: "No change. Next review in April.",
                    measured: [132, 78, 72, 15, 98],
                    body: ["36.5", "74.1", "162.0"],
                    symptoms: &[],
                    prescriptions: &[],
                }),
            },
            Appointment {
                at: "2030-04-15T09:00:00Z",
                kind: RoutineCheckup,
                status: Scheduled,
                reason: "Quarterly diabetes and blood pressure review",
                visit: None,
            },
        ],
    },
    Patient {
        first_name: "Tomás",
        last_name: "Rivera",
        born: "1988-09-03",
        sex: Sex::Male,
        phone: "+1-555-0111",
        email: "tomas.rivera@example.org",
        address: "408 Orchard Street, Apt 5",
        city: "Springfield",
        state: "IL",
        zip_code: "62703",
        emergency: ("Lucía Rivera", "+1-555-0112"),
        insurance: Some(("Blue Cross Blue Shield", "XQK-884120937")),
        notes: None,
        allergies: &[
            ("Peanuts", LifeThreatening, "Anaphylaxis; carries two adrenaline pens"),
            ("Cat dander", Mild, "Sneezing, itching eyes"),
            ("Latex", Moderate, "Contact dermatitis"),
        ],
        conditions: &[(
            "Asthma, mild persistent",
            "1996-05-01",
            "Worse in spring and with exercise",
        )],
        appointments: &[
            Appointment {
                at: "2030-01-09T14:00:00Z",
                kind: SickVisit,
                status: Completed,
                reason: "Cough and wheezing at night",
                visit: Some(&Visit {
                    complaint: "Night cough and wheezing for one week",
                    subjective: "A cold ten days ago; since then cough and wheezing, worst at about four in the morning. \
                                 Uses his reliever four to five times a day. No fever.",
                    objective: "Speaks in full sentences. Expiratory wheezing on both sides. Peak flow 410 L/min, 72 % of \
                                his best.",
                    assessment: "Moderate exacerbation of asthma after a viral infection.",
                    plan: "Prednisone for five days, inhaled budesonide-formoterol twice daily. Return at once if \
                           breathless at rest. Follow-up in a week.",
                    measured: [124, 76, 96, 22, 94],
                    body: ["37.1", "82.3", "178.0"],
                    symptoms: &[
                        ("Wheezing", 6, "One week"),
                        ("Night cough", 7, "One week"),
                        ("Shortness of breath on exertion", 5, "Four days"),
                    ],
                    prescriptions: &[
                        (
                            "Prednisone",
                            "40 mg",
                            "Once daily in the morning",
                            "5 days",
                            "10 tablets",
                            0,
                        ),
                        (
                            "Budesonide-formoterol",
                            "160/4.5 µg",
                            "Two puffs twice daily",
                            "30 days",
                            "1 inhaler",
                            5,
                        ),
                    ],
                }),
            },
            Appointment {
                at: "2030-01-16T14:00:00Z",
                kind: Telehealth,
                status: Completed,
                reason: "Follow-up of the asthma exacerbation",
                visit: Some(&Visit {
                    complaint: "Follow-up of asthma, by video",
                    subjective: "Sleeps through the night. Reliever used twice in the last week.",
                    objective: "Speaks without effort. Peak flow measured at home 540 L/min.",
                    assessment: "Exacerbation resolved.",
                    plan: "Continue budesonide-formoterol. Spirometry in spring.",
                    measured: [122, 74, 70, 14, 98],
                    body: ["36.7", "82.0", "178.0"],
                    symptoms: &[("Cough", 2, "Subsiding")],
                    prescriptions: &[],
                }),
            },
            Appointment {
                at: "2030-02-04T08:15:00Z",
                kind: FollowUp,
                status: CheckedIn,
                reason: "Spirometry",
                visit: None,
            },
            Appointment {
                at: "2030-02-20T16:00:00Z",
                kind: Telehealth,
                status: Cancelled,
                reason: "Question about travelling with adrenaline pens",
                visit: None,
            },
        ],
    },
    Patient {
        first_name: "Aiko",
        last_name: "Tanaka",
        born: "2021-06-30",
        sex: Sex::Female,
        phone: "+1-555-0121",
        email: "tanaka.family@example.org",
        address: "77 Hillcrest Avenue",
        city: "Chatham",
        state: "IL",
        zip_code: "62629",
        emergency: ("Kenji Tanaka", "+1-555-0122"),
        insurance: Some(("Aetna", "W2219 40771")),
        notes: Some("Comes with her father. Immunisations up to date."),
        allergies: &[
            ("Egg white", Moderate, "Hives; tolerates baked egg"),
            ("Amoxicillin", Mild, "Rash on the third day"),
        ],
        conditions: &[(
            "Atopic dermatitis",
            "2022-02-11",
            "Flares in winter, flexures of the arms",
        )],
        appointments: &[
            Appointment {
                at: "2030-01-21T10:00:00Z",
                kind: SickVisit,
                status: Completed,
                reason: "Earache and fever",
                visit: Some(&Visit {
                    complaint: "Right earache since last night",
                    subjective: "Fever of 38.9 °C in the evening, pulls at the right ear, slept badly. Drinks well. A cold \
                                 for four days.",
                    objective: "Right eardrum red and bulging, left normal. Throat mildly red. Chest clear.",
                    assessment: "Acute otitis media on the right, on amoxicillin allergy (mild, delayed rash).",
                    plan: "Cefdinir for ten days, ibuprofen for pain. Return if no better in 48 hours.",
                    measured: [98, 60, 118, 24, 99],
                    body: ["38.4", "24.6", "121.0"],
                    symptoms: &[("Earache", 7, "One day"), ("Fever", 5, "One day")],
                    prescriptions: &[(
                        "Cefdinir suspension",
                        "175 mg",
                        "Twice daily",
                        "10 days",
                        "70 mL",
                        0,
                    )],
                }),
            },
            Appointment {
                at: "2030-02-04T08:45:00Z",
                kind: FollowUp,
                status: InProgress,
                reason: "Ear check after treatment",
                visit: None,
            },
            Appointment {
                at: "2030-07-01T10:00:00Z",
                kind: RoutineCheckup,
                status: Scheduled,
                reason: "Yearly check-up",
                visit: None,
            },
        ],
    },
    Patient {
        first_name: "Samuel",
        last_name: "Lindqvist",
        born: "1973-12-12",
        sex: Sex::Male,
        phone: "+1-555-0131",
        email: "sam.lindqvist@example.org",
        address: "3 Quarry Road",
        city: "Rochester",
        state: "IL",
        zip_code: "62563",
        emergency: ("Petra Lindqvist", "+1-555-0132"),
        insurance: None,
        notes: Some("Pays by himself; asks for generic medication."),
        allergies: &[
            ("Ibuprofen", Moderate, "Stomach bleeding in 2018"),
            ("Bee venom", Severe, "Swelling of the whole arm, short of breath"),
        ],
        conditions: &[
            ("Chronic low back pain", "2017-08-09", "Disc protrusion L4/L5, no surgery"),
            ("Gastro-oesophageal reflux", "2018-10-01", "Omeprazole as needed"),
        ],
        appointments: &[
            Appointment {
                at: "2029-12-03T11:00:00Z",
                kind: NewPatient,
                status: Completed,
                reason: "New patient with back pain",
                visit: Some(&Visit {
                    complaint: "Low back pain, worse for three weeks",
                    subjective: "Lifted a generator; since then pain down to the left knee. No numbness, no weakness, no \
                                 trouble passing water.",
                    objective: "Straight leg raise positive at 60° on the left. Strength and reflexes equal. Walks on toes \
                                and heels.",
                    assessment: "Acute on chronic low back pain with left L5 radicular irritation, no red flags.",
                    plan: "Stay active, physiotherapy twice a week. Acetaminophen; no ibuprofen (bleeding 2018).",
                    measured: [138, 88, 80, 16, 98],
                    body: ["36.8", "91.7", "184.0"],
                    symptoms: &[
                        ("Low back pain", 8, "Three weeks"),
                        ("Pain down the left leg", 5, "Three weeks"),
                    ],
                    prescriptions: &[(
                        "Acetaminophen",
                        "1000 mg",
                        "Up to three times daily",
                        "14 days",
                        "42 tablets",
                        1,
                    )],
                }),
            },
            Appointment {
                at: "2029-12-20T11:00:00Z",
                kind: FollowUp,
                status: NoShow,
                reason: "Back pain follow-up",
                visit: None,
            },
            Appointment {
                at: "2030-01-10T11:30:00Z",
                kind: FollowUp,
                status: Completed,
                reason: "Back pain follow-up",
                visit: Some(&Visit {
                    complaint: "Back pain, much better",
                    subjective: "Six sessions of physiotherapy. Pain only after long drives. Sleeps well.",
                    objective: "Straight leg raise negative. Free movement.",
                    assessment: "Radicular irritation resolved; chronic low back pain at its usual level.",
                    plan: "Exercises at home. No medication needed. Come back when it returns.",
                    measured: [134, 84, 74, 15, 98],
                    body: ["36.6", "90.9", "184.0"],
                    symptoms: &[("Low back pain", 2, "Occasional")],
                    prescriptions: &[],
                }),
            },
            Appointment {
                at: "2030-02-05T15:00:00Z",
                kind: RoutineCheckup,
                status: Scheduled,
                reason: "Yearly check-up with blood tests",
                visit: None,
            },
        ],
    },
    Patient {
        first_name: "Noor",
        last_name: "Haddad",
        born: "1999-02-24",
        sex: Sex::Other,
        phone: "+1-555-0141",
        email: "noor.haddad@example.org",
        address: "1519 Walnut Street",
        city: "Springfield",
        state: "IL",
        zip_code: "62704",
        emergency: ("Rima Haddad", "+1-555-0142"),
        insurance: Some(("UnitedHealthcare", "901447218")),
        notes: None,
        allergies: &[
            ("Shellfish", Severe, "Vomiting and hives within minutes"),
            ("Grass pollen", Mild, "Runny nose from May to July"),
        ],
        conditions: &[("Migraine with aura", "2016-04-18", "Two to three attacks a month")],
        appointments: &[
            Appointment {
                at: "2029-11-12T13:00:00Z",
                kind: NewPatient,
                status: Completed,
                reason: "New patient, migraine",
                visit: Some(&Visit {
                    complaint: "Migraine, three attacks a month",
                    subjective: "Zigzag lines for twenty minutes, then throbbing pain on one side with nausea. Misses two \
                                 days of work a month. Triggers: little sleep, red wine.",
                    objective: "Neurological examination normal. Fundi normal.",
                    assessment: "Migraine with aura, frequent, without warning signs.",
                    plan: "Sumatriptan at the onset of pain. Headache diary. Talk about prevention in six weeks.",
                    measured: [116, 72, 68, 14, 99],
                    body: ["36.7", "63.2", "170.0"],
                    symptoms: &[
                        ("Headache", 9, "Up to two days each time"),
                        ("Nausea", 6, "With the headache"),
                        ("Visual aura", 4, "Twenty minutes"),
                    ],
                    prescriptions: &[(
                        "Sumatriptan",
                        "50 mg",
                        "At onset, once more after two hours",
                        "As needed",
                        "9 tablets",
                        2,
                    )],
                }),
            },
            Appointment {
                at: "2030-01-07T13:00:00Z",
                kind: Telehealth,
                status: Completed,
                reason: "Migraine prevention",
                visit: Some(&Visit {
                    complaint: "Migraine, diary review",
                    subjective: "Five attacks in six weeks. Sumatriptan helps within an hour.",
                    objective: "By video: well, no distress.",
                    assessment: "Migraine with aura, prevention indicated.",
                    plan: "Propranolol, slowly raised. Diary goes on. Review in eight weeks.",
                    measured: [114, 70, 66, 14, 99],
                    body: ["36.6", "63.0", "170.0"],
                    symptoms: &[("Headache", 7, "One day each time")],
                    prescriptions: &[(
                        "Propranolol",
                        "40 mg",
                        "Twice daily",
                        "60 days",
                        "120 tablets",
                        1,
                    )],
                }),
            },
            Appointment {
                at: "2030-02-04T13:30:00Z",
                kind: SickVisit,
                status: Cancelled,
                reason: "Sore throat",
                visit: None,
            },
            Appointment {
                at: "2030-02-28T13:00:00Z",
                kind: Telehealth,
                status: Scheduled,
                reason: "Migraine prevention, review",
                visit: None,
            },
            Appointment {
                at: "2030-03-12T09:15:00Z",
                kind: RoutineCheckup,
                status: Scheduled,
                reason: "Yearly check-up",
                visit: None,
            },
        ],
    },
];
